/* Holds the right to write to a store until it is killed: `node hold-write-lock.ts FILE`. Says when it has it. */
import { DatabaseSync } from 'node:sqlite';

const connection = new DatabaseSync(process.argv[2] ?? '');
connection.exec('BEGIN IMMEDIATE');
connection.exec('UPDATE entry SET value = \'"half done"\'');
process.stdout.write('held\n');
setInterval(() => undefined, 1_000);

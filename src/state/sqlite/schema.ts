import type { DatabaseSync } from 'node:sqlite';
import { failure } from '../../errors/index.ts';
import { ForeignDatabase } from './sqlite-error.ts';

/** Tells our databases from those of other programs: "CLDX". */
const APPLICATION_ID = 0x434c4458;

/** Version 1 is what the first statement makes; every later one is a step from the version before. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE entry (
     id INTEGER PRIMARY KEY,
     collection TEXT NOT NULL,
     key TEXT NOT NULL,
     value TEXT NOT NULL,
     version INTEGER NOT NULL,
     stored_at INTEGER NOT NULL,
     expires_at INTEGER,
     bytes INTEGER NOT NULL,
     UNIQUE (collection, key)
   ) STRICT;
   CREATE INDEX entry_by_time ON entry (collection, stored_at, id, expires_at, bytes);
   CREATE INDEX entry_by_end ON entry (expires_at) WHERE expires_at IS NOT NULL;`,
];

/**
 * Makes an open file ours: settings, then tables, unless they are there. Throws a ForeignDatabase for the file of another
 * program and a failure `state-too-new` for that of a later version.
 */
export function prepareSchema(connection: DatabaseSync, file: string): void {
  // Only an empty file can still be told to give room back; any other one would have to be locked for it.
  if (checkVersion(connection, file) === 0) connection.exec('PRAGMA auto_vacuum = INCREMENTAL');
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = NORMAL');
  connection.exec(`PRAGMA journal_size_limit = ${16 * 1024 * 1024}`);
  connection.exec('PRAGMA secure_delete = ON');
  connection.exec('PRAGMA trusted_schema = OFF');
  migrate(connection, file);
}

/**
 * The version of the tables in an open file, 0 for an empty one, and the newest that is known here. Throws a ForeignDatabase
 * for the file of another program.
 */
export function readVersion(connection: DatabaseSync): { readonly found: number; readonly known: number } {
  const found = numberOf(connection, 'user_version');
  const known = MIGRATIONS.length;
  const isEmpty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty && found === 0) return { found, known };
  if (numberOf(connection, 'application_id') === APPLICATION_ID) return { found, known };
  throw new ForeignDatabase('it is the database of another program');
}

function migrate(connection: DatabaseSync, file: string): void {
  if (numberOf(connection, 'user_version') === MIGRATIONS.length) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done it meanwhile.
    const from = checkVersion(connection, file);
    for (const step of MIGRATIONS.slice(from)) connection.exec(step);
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function checkVersion(connection: DatabaseSync, file: string): number {
  const { found, known } = readVersion(connection);
  if (found <= known) return found;
  throw failure(
    'state-too-new',
    `${file} was written by a later version of Claudex (format ${found}, this one knows ${known})`,
    `Update Claudex, or remove ${file} to begin anew without its history.`,
  );
}

function numberOf(connection: DatabaseSync, pragma: string): number {
  return Number(connection.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

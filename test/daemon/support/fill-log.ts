// Writes numbered lines to a log, waits after each for its turn, and prints how many were dropped.
import { setTimeout as pause } from 'node:timers/promises';
import { logWriter } from '../../../src/daemon/log/log-writer.ts';

const [file = '', count = '0', fileBytes = '1000000'] = process.argv.slice(2);
const writer = logWriter(file, { fileBytes: Number(fileBytes), pauseMs: 20, lookMs: 10 });
for (let line = 0; line < Number(count); line += 1) {
  writer.write(`${process.pid} line ${line} ${'x'.repeat(80)}`);
  if (line % 10 === 0) await pause(1);
}
await writer.close();
process.stdout.write(String(writer.dropped()));

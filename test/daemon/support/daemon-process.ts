// Run as a process: a daemon with everything real but the proxy inside. Arguments: port, token, state folder.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveDaemon } from '../../../src/daemon/index.ts';
import { serveFakeDaemon } from './fake-daemon.ts';

const [port = '', token = '', stateFolder = ''] = process.argv.slice(2);
await appendFile(join(stateFolder, 'starts'), `${process.pid}\n`);
const running = await serveDaemon({
  door: { host: '127.0.0.1', port: Number(port), token },
  stateFolder,
  version: '1.2.3',
  start: () => serveFakeDaemon({ token, port: Number(port), pid: process.pid }),
  warn: (problem) => process.stderr.write(`${problem}\n`),
  ready: (record) => process.stderr.write(`listening on ${record.port}\n`),
});
if (running) process.stderr.write('already running\n');

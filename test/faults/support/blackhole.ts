import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An address that takes no connection: whoever tries waits for ever. */
export interface Blackhole {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens with room for one and never accepts. */
const PROGRAM = `
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, server.address().port + '\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;
/** More than enough to fill a queue of one. */
const CROWD = 4;

/** Makes a {@link Blackhole}: a process that listens and is asleep, with its queue full. Linux drops what comes after. */
export async function openBlackhole(): Promise<Blackhole> {
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  const crowd: Socket[] = Array.from({ length: CROWD }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  return {
    port,
    async close() {
      for (const socket of crowd) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

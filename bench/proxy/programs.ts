import { join } from 'node:path';
import { DAEMON_NODE_OPTIONS } from '../../src/daemon/index.ts';
import { freePort } from './free-port.ts';
import { CHAT_PATH, MESSAGES_PATH } from './upstream.ts';

/** The program as users start it. Runs the built `lib/`. */
export const CLAUDEX = join(import.meta.dirname, '../../bin/run.js');

const PASS = join(import.meta.dirname, 'pass.mjs');
const JSON_FLOOR = join(import.meta.dirname, 'json-floor.mjs');

/** What follows `node` to start a bare pass-through to the upstream on `port`. */
export function passArguments(port: number, protocol: 'chat' | 'messages' = 'chat'): string[] {
  return [PASS, String(port), protocol === 'chat' ? CHAT_PATH : MESSAGES_PATH];
}

/** What follows `node` to start the floor that parses and writes everything again. */
export function jsonFloorArguments(port: number): string[] {
  return [JSON_FLOOR, String(port), CHAT_PATH];
}

/** What follows `node` to start the real proxy on a free port, as `claudex run` starts it. */
export async function claudexArguments(): Promise<string[]> {
  return [...DAEMON_NODE_OPTIONS, CLAUDEX, 'proxy', 'start', '--json', '--port', String(await freePort())];
}

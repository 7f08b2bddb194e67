import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exitCodeOf } from './run.mjs';

const LIMIT_MS = 120_000;
// Claude Code says this on stderr about every model that is not its own; here it would only alarm.
const NOISE = /^\[claude-code:unrecognized_model\]/;
// A program that was asked to end gets this long before it is ended.
const GRACE_MS = 5_000;

/**
 * Runs a program that prints one JSON event per line and hands each event on as it comes. Its stderr goes to
 * ours, but for what is noise here.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal, onEvent: (event: unknown) => void}} options
 * @returns {Promise<{code: number, isLate: boolean}>} `isLate` when it was ended after two minutes
 */
export function watchEvents(file, args, { cwd, env, signal, onEvent }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let isLate = false;
    let kill;
    const end = () => {
      child.kill('SIGTERM');
      kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    const limit = setTimeout(() => {
      isLate = true;
      end();
    }, LIMIT_MS);
    signal.addEventListener('abort', end, { once: true });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = parse(line);
      if (event !== undefined) onEvent(event);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!NOISE.test(line)) process.stderr.write(`${line}\n`);
    });
    child.on('error', reject);
    child.on('close', (code, name) => {
      clearTimeout(limit);
      clearTimeout(kill);
      signal.removeEventListener('abort', end);
      resolve({ code: exitCodeOf(code, name), isLate });
    });
  });
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

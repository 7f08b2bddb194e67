import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} Ended
 * @property {number} code the exit code, 128+n for signal n, 127 when the program could not be started
 * @property {string} output what it wrote to both channels, empty when it wrote to ours
 */

/**
 * Runs a program to its end. It writes to our channels, or, when `quiet`, into `output`.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, shell?: boolean, limitMs?: number}} [options]
 * @returns {Promise<Ended>}
 */
export function run(file, args, { cwd, env, quiet = false, shell = false, limitMs } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(file, args, { cwd, env, stdio, shell, timeout: limitMs });
    let output = '';
    const keep = (text) => (output += text);
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: exitCodeOf(code, signal), output }));
  });
}

/**
 * The exit code a shell would report.
 * @param {number | null} code
 * @param {string | null} signal
 */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal ?? ''] ?? 0);
}

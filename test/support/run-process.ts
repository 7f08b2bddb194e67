import { spawn } from 'node:child_process';

/** How a process ended and what it said. */
export interface ProcessResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start a process. Nothing is inherited from this process's environment. */
export interface ProcessOptions {
  readonly cwd: string;
  readonly environment: { readonly [name: string]: string };
  /** Written to its standard input, which is closed afterwards. Default: nothing. */
  readonly input?: string;
  /** Default 60,000. */
  readonly limitMs?: number;
}

/** Runs a program to its end. Throws with what it said so far when that takes longer than the limit. */
export function runProcess(file: string, args: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  const { cwd, environment, input = '', limitMs = 60_000 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...environment }, stdio: 'pipe' });
    const heard = { stdout: '', stderr: '' };
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
      // A process it left behind may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    }, limitMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (heard.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (heard.stderr += text));
    child.stdin.on('error', () => child.stdin.destroy());
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (!late) return resolve({ code, signal, ...heard });
      const said = `\n--- stdout\n${heard.stdout}\n--- stderr\n${heard.stderr}`;
      return reject(new Error(`${file} ${args.join(' ')} was still running after ${limitMs} ms${said}`));
    });
  });
}

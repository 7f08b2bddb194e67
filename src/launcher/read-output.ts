import { messageOf } from '../errors/index.ts';
import { spawnerFor, startedWith } from './start-program.ts';

/** More than this is not kept, in characters. */
const LONGEST_OUTPUT = 64 * 1024;

/** What a program printed on stdout until it ended or was given up. */
export interface ProgramOutput {
  readonly output: string;
  /** Why it came to no good end, to follow the name of the program; absent when it did. */
  readonly failure?: string;
}

/** Starts a program that prints something and ends. It gets no input, and `limitMs` milliseconds of time. */
export async function readOutput(
  executable: string,
  given: readonly string[],
  { environment, limitMs }: { readonly environment: NodeJS.ProcessEnv; readonly limitMs: number },
): Promise<ProgramOutput> {
  const started = startedWith(executable, given);
  const start = await spawnerFor(started);
  const child = start(started.file, [...started.arguments], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (output.length < LONGEST_OUTPUT) output += text;
  });
  const { promise: ended, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve(`took more than ${limitMs / 1000} s`), limitMs);
  child.once('error', (error) => resolve(`cannot be started: ${messageOf(error)}`));
  child.once('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`));
  const failure = await ended;
  clearTimeout(timer);
  child.kill('SIGKILL');
  // Whatever it has started may hold the pipe open, and this process with it.
  child.stdout?.destroy();
  return { output, ...(failure !== undefined && { failure }) };
}

import { constants } from 'node:os';
import { failure, messageOf } from '../errors/index.ts';
import { spawnerFor, startedWith } from './start-program.ts';

/** A program with its arguments and its whole environment. */
export interface ClaudeCommand {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** The terminal sends these to claude as well, which decides what they mean. */
const LEFT_TO_THE_CHILD = ['SIGINT', 'SIGQUIT'] as const;
/** Only this process gets these, so it passes them on. */
const FORWARDED = ['SIGTERM', 'SIGHUP'] as const;

/** Runs claude on this terminal and waits for it. Returns its exit code, or 128 + n when signal n ended it. */
export async function launch(command: ClaudeCommand): Promise<number> {
  const started = startedWith(command.executable, command.arguments);
  const start = await spawnerFor(started);
  const child = start(started.file, [...started.arguments], { stdio: 'inherit', env: command.environment });
  const ignore = (): void => {};
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of LEFT_TO_THE_CHILD) process.on(signal, ignore);
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(cannotStart(command.executable, error)));
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    for (const signal of LEFT_TO_THE_CHILD) process.off(signal, ignore);
    for (const signal of FORWARDED) process.off(signal, forward);
  }
}

function cannotStart(executable: string, error: unknown): Error {
  return failure(
    'claude-did-not-start',
    `${executable} cannot be started: ${messageOf(error)}`,
    'Check claude_binary in the configuration.',
    error,
  );
}

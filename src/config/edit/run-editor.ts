import { failure } from '../../errors/index.ts';

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g;

/** The words of the user's editor, such as `code --wait`; undefined when the user chose none. */
export function editorOf(environment: NodeJS.ProcessEnv): string[] | undefined {
  const chosen = [environment['VISUAL'], environment['EDITOR']].find(
    (command) => command !== undefined && command.trim() !== '',
  );
  if (chosen === undefined) return undefined;
  return [...chosen.matchAll(WORD)].map(([whole, double, single]) => double ?? single ?? whole);
}

/** The editor that every system of a kind has. */
export function plainEditor(): string[] {
  return [process.platform === 'win32' ? 'notepad' : 'vi'];
}

/**
 * Opens a file in an editor and waits for its end. `keepsOutput` sends what it prints to stderr, where stdout is for a
 * program. Throws a failure when it cannot be started or says that it failed.
 */
export async function runEditor(words: readonly string[], file: string, keepsOutput: boolean): Promise<void> {
  // Every command reads the configuration, and hardly one opens an editor.
  const { spawn } = await import('node:child_process');
  const isWindows = process.platform === 'win32';
  // The interpreter that is needed there takes a line, in which a path with a blank in it stands in quotes.
  const [command = '', ...given] = isWindows ? [...words, file].map(quoted) : [...words, file];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(command, given, {
    stdio: ['inherit', keepsOutput ? 2 : 'inherit', 'inherit'],
    // There most editors are scripts, which only the command interpreter can start.
    shell: isWindows,
  });
  child.once('error', (error) => {
    reject(
      failure('editor-not-started', `${command} cannot be started`, 'Set VISUAL or EDITOR to your editor.', error),
    );
  });
  child.once('exit', (code, signal) => {
    if (code === 0) resolve();
    else
      reject(
        failure(
          'editor-failed',
          `${command} ended with ${signal ?? String(code)}`,
          `${file} is as the editor left it.`,
        ),
      );
  });
  return promise;
}

function quoted(word: string): string {
  return /^[\w.:\\/-]+$/.test(word) ? word : `"${word}"`;
}

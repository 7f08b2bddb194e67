import { spawn } from '@lydell/node-pty';
import { stripVTControlCharacters } from 'node:util';
import { CLAUDEX } from './cli.ts';
import type { IsolatedHome } from './isolated-home.ts';
import { waitUntil } from './wait-until.ts';

/** `claudex` in a pseudo-terminal, as a person sees it. */
export interface TerminalSession {
  /** Waits until this text has been on the screen since the last `type`. Blanks and line ends do not count. */
  sees(text: string): Promise<void>;
  /** Sends keys as they are. */
  press(keys: string): void;
  /** Types a line, waits until it is on the screen, and sends it. */
  type(line: string): Promise<void>;
  /** Everything that was on the screen since the start, without colours and movements of the cursor. */
  screen(): string;
  /** Waits for the end and returns the exit code. */
  exitCode(): Promise<number>;
  kill(): void;
}

/** Starts `claudex` in a pseudo-terminal, 40 lines high, in the home's `work` folder. */
export function startInTerminal(
  home: IsolatedHome,
  args: readonly string[],
  environment: { readonly [name: string]: string } = {},
  columns = 120,
): TerminalSession {
  const terminal = spawn(process.execPath, [CLAUDEX, ...args], {
    cols: columns,
    rows: 40,
    cwd: home.work,
    env: { ...home.environment, ...environment, TERM: 'xterm-256color' },
  });
  let shown = '';
  let all = '';
  let code: number | undefined;
  terminal.onData((data) => {
    shown += data;
    all += data;
  });
  terminal.onExit(({ exitCode }) => (code = exitCode));
  const sees = async (text: string): Promise<void> => {
    // Programs move the cursor instead of writing blanks.
    const wanted = text.replaceAll(/\s/g, '');
    await waitUntil(`"${text}" on the screen`, () => withoutBlanks(shown).includes(wanted)).catch((error: Error) => {
      throw new Error(`${error.message}\n${stripVTControlCharacters(shown).slice(-4000)}`);
    });
  };
  return {
    sees,
    press: (keys) => terminal.write(keys),
    async type(line) {
      shown = '';
      terminal.write(line);
      await sees(line);
      terminal.write('\r');
    },
    screen: () => stripVTControlCharacters(all),
    async exitCode() {
      await waitUntil('the session to end', () => code !== undefined);
      return code ?? -1;
    },
    kill() {
      if (code === undefined) terminal.kill('SIGKILL');
    },
  };
}

function withoutBlanks(screen: string): string {
  return stripVTControlCharacters(screen).replaceAll(/\s/g, '');
}

import { spawn } from '@lydell/node-pty';
import { stripVTControlCharacters } from 'node:util';
import { CLAUDEX } from '../support/cli.ts';
import { waitUntil } from '../support/wait-until.ts';
import { PROFILE, type Stage } from './stage.ts';

/** A session in a pseudo-terminal, as a person sees it. */
export interface TerminalSession {
  /** Waits until this text has been on the screen since the last `type`. Blanks do not count. */
  sees(text: string): Promise<void>;
  /** Types a line and sends it. */
  type(line: string): Promise<void>;
  /** Waits for the end and returns the exit code. */
  exitCode(): Promise<number>;
  kill(): void;
}

/** Starts `claudex run` in a pseudo-terminal of 120 by 40. */
export function startTerminalSession(stage: Stage, clientArguments: readonly string[]): TerminalSession {
  const environment = { ...stage.home.environment, ...stage.environment, TERM: 'xterm-256color' };
  const terminal = spawn(process.execPath, [CLAUDEX, 'run', PROFILE, ...clientArguments], {
    cols: 120,
    rows: 40,
    cwd: stage.home.work,
    env: environment,
  });
  let shown = '';
  let code: number | undefined;
  terminal.onData((data) => (shown += data));
  terminal.onExit(({ exitCode }) => (code = exitCode));
  const sees = async (text: string): Promise<void> => {
    // The client moves the cursor instead of writing blanks.
    const wanted = text.replaceAll(/\s/g, '');
    await waitUntil(`"${text}" on the screen`, () => withoutBlanks(shown).includes(wanted)).catch((error: Error) => {
      throw new Error(`${error.message}\n${stripVTControlCharacters(shown).slice(-4000)}`);
    });
  };
  return {
    sees,
    async type(line) {
      shown = '';
      terminal.write(line);
      await sees(line);
      terminal.write('\r');
    },
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

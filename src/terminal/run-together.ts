/** One of several things that are done at the same time. */
export interface Chore<Result> {
  /** What stands on the screen while it is done. */
  readonly title: string;
  /** Does it; `tell` puts a word about how far it is behind the title. */
  run(tell: (progress: string) => void): Promise<Result>;
  /** Whether the result is shown as a failure. */
  isFailure?(result: Result): boolean;
}

const SHOW_CURSOR = '\u001B[?25h';

/**
 * Does all of them, at most `atOnce` at a time, and returns their results in the order given. On a terminal stderr shows
 * how far they are until the last one is done; elsewhere nothing is printed.
 */
export async function runTogether<Result>(chores: readonly Chore<Result>[], atOnce: number): Promise<Result[]> {
  return process.stderr.isTTY ? runOnScreen(chores, atOnce) : runQuietly(chores, atOnce);
}

async function runQuietly<Result>(chores: readonly Chore<Result>[], atOnce: number): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = chores.entries();
  const work = async (): Promise<void> => {
    for (const [index, chore] of waiting) results[index] = await chore.run(() => undefined);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function runOnScreen<Result>(chores: readonly Chore<Result>[], atOnce: number): Promise<Result[]> {
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  const results: Result[] = [];
  const thrown: unknown[] = [];
  const tasks = chores.map((chore, index) => ({
    title: chore.title,
    task: async (_context: unknown, task: { title: string }): Promise<void> => {
      try {
        results[index] = await chore.run((progress) => (task.title = `${chore.title}  ${progress}`));
      } catch (error) {
        thrown.push(error);
        throw error;
      }
      // How the list is told to mark it.
      if (chore.isFailure?.(results[index])) throw new Error(chore.title);
    },
  }));
  const list = new Listr(tasks, {
    concurrent: atOnce,
    exitOnError: false,
    registerSignalListeners: false,
    // It looks at stdout, which is for results.
    forceTTY: true,
    rendererOptions: {
      clearOutput: true,
      logger: new ListrLogger({ useIcons: false, processOutput: new ProcessOutput(process.stderr, process.stderr) }),
    },
  });
  const restore = showCursorAtEnd();
  try {
    await list.run();
  } finally {
    restore();
  }
  if (thrown.length > 0) throw thrown[0];
  return results;
}

/** The list hides the cursor; whoever interrupts it wants that back. Returns how to stop looking out for that. */
function showCursorAtEnd(): () => void {
  const end = (): void => {
    process.stderr.write(SHOW_CURSOR);
    process.kill(process.pid, 'SIGINT');
  };
  process.once('SIGINT', end);
  return () => process.off('SIGINT', end);
}

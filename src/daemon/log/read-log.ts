import type { FileHandle } from 'node:fs/promises';
import { followLog } from './follow-log.ts';
import { endOfLines, linesBackward } from './lines-backward.ts';
import { OLD_LOG_FILES, oldLogFile, openLogToRead } from './log-file.ts';
import { fileNamed } from './rotate.ts';

/** Which lines are wanted. */
export interface LogQuery {
  /** Most lines from before now. */
  readonly count: number;
  /** Goes on with lines that are written from now on, until this is aborted. */
  readonly follow?: AbortSignal;
  /** Whether a line is wanted; only such lines count. */
  readonly accepts: (line: string) => boolean;
}

/** Whether anything has been logged yet, perhaps something that cannot be read. */
export async function hasLog(file: string): Promise<boolean> {
  const ages = Array.from({ length: OLD_LOG_FILES + 1 }, (_, age) => age);
  const files = await Promise.all(ages.map((age) => fileNamed(oldLogFile(file, age)).catch(() => 'not to be read')));
  return files.some((named) => named !== undefined);
}

/**
 * The last lines of the log, also from files that were moved away, the oldest first and several at a time; then those that
 * follow. Reads from the end, so that a large log costs nothing. Fails with `log-unusable`.
 */
export async function* readLog(file: string, query: LogQuery): AsyncGenerator<readonly string[]> {
  const handles = await openAll(file);
  try {
    const [current, ...old] = handles;
    // A line that is being written belongs to those that follow.
    const end = current ? await endOfLines(current) : 0;
    const last = await lastLines(handles, end, query);
    if (last.length > 0) yield last;
    if (!query.follow) return;
    await closeAll(old);
    for await (const lines of followLog(file, { handle: current, position: end }, query.follow)) {
      const wanted = lines.filter(query.accepts);
      if (wanted.length > 0) yield wanted;
    }
  } finally {
    // Also when nobody reads on. Closing one again does nothing.
    await closeAll(handles);
  }
}

/** The current file first, then those before it; `undefined` for one that does not exist. */
async function openAll(file: string): Promise<(FileHandle | undefined)[]> {
  const handles: (FileHandle | undefined)[] = [];
  try {
    for (let age = 0; age <= OLD_LOG_FILES; age += 1) handles.push(await openLogToRead(oldLogFile(file, age)));
    return handles;
  } catch (error) {
    await closeAll(handles);
    throw error;
  }
}

async function lastLines(
  handles: readonly (FileHandle | undefined)[],
  end: number,
  { count, accepts }: LogQuery,
): Promise<string[]> {
  const last: string[] = [];
  if (count === 0) return last;
  for (const [age, handle] of handles.entries()) {
    if (!handle) continue;
    for await (const line of linesBackward(handle, age === 0 ? end : (await handle.stat()).size)) {
      if (accepts(line)) last.push(line);
      if (last.length === count) return last.toReversed();
    }
  }
  return last.toReversed();
}

async function closeAll(handles: readonly (FileHandle | undefined)[]): Promise<void> {
  for (const handle of handles) await handle?.close();
}

import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Longer files are no shims, in bytes. */
const LONGEST_SHIM = 8 * 1024;
/** The line by which npm's shims start a program that needs no interpreter. */
const STARTS_PROGRAM = /^\s*"%(?:~dp0|dp0%)\\?([^"%]+\.exe)"\s+%\*\s*$/im;

/**
 * The program that a batch file of npm's making starts, if it is one; else the file itself. Without the batch file there
 * is no shell in between that would read claude's arguments a second time.
 */
export async function behindShim(path: string, platform: NodeJS.Platform): Promise<string> {
  if (platform !== 'win32' || !/\.(?:cmd|bat)$/i.test(path)) return path;
  try {
    if ((await stat(path)).size > LONGEST_SHIM) return path;
    const [, program] = STARTS_PROGRAM.exec(await readFile(path, 'utf8')) ?? [];
    if (program === undefined) return path;
    const target = join(dirname(path), ...program.split('\\'));
    return (await stat(target)).isFile() ? target : path;
  } catch {
    // Whatever cannot be read is started as it is.
    return path;
  }
}

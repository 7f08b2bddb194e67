import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCodeOf } from '../errors/index.ts';

/*
 * Whoever writes the configuration decides where keys are sent and what is started. So a file counts only where nobody but
 * its user and root can have written it, or have put it there. The user ids of Windows are none, so there nothing is asked.
 */

const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Why somebody else may have written a configuration file, or may exchange it: words that go on from the file's name;
 * undefined when nobody can. A file that is not there, or cannot be looked at, is for those to report who read it.
 */
export async function foreignProblem(file: string): Promise<string | undefined> {
  const own = process.getuid?.();
  if (own === undefined) return undefined;
  try {
    const isLink = (await lstat(file)).isSymbolicLink();
    const target = isLink ? await realpath(file) : file;
    const folder = await stat(dirname(file));
    return (
      folderProblem(dirname(file), folder, own) ??
      (isLink ? linkProblem(target, await stat(target), own) : undefined) ??
      (isLink ? folderProblem(dirname(target), await stat(dirname(target)), own) : undefined) ??
      (isOwned(await stat(target), own) ? undefined : 'belongs to another user')
    );
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    return undefined;
  }
}

/** Root's files may be linked to, as configuration that a machine's administrator or a package manager provides is. */
function linkProblem(target: string, facts: Stats, own: number): string | undefined {
  return isOwned(facts, own) ? undefined : `is a link to ${target}, which belongs to another user`;
}

function folderProblem(folder: string, facts: Stats, own: number): string | undefined {
  if (!isOwned(facts, own)) return `is in ${folder}, which belongs to another user`;
  return (facts.mode & WRITABLE_BY_ALL) !== 0 && (facts.mode & STICKY) === 0
    ? `is in ${folder}, where every user may write`
    : undefined;
}

function isOwned({ uid }: Stats, own: number): boolean {
  return uid === own || uid === 0;
}

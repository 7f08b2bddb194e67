import { constants, type Stats } from 'node:fs';
import { lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure, isClaudexError, systemCodeOf } from '../../errors/index.ts';
import { foreignProblem } from '../foreign.ts';

/** A configuration file as it lies on the disk. */
export interface FileTarget {
  /** Where it really is: a link of the user's own is followed. */
  readonly file: string;
  /** Its permission bits; undefined when there is no such file yet. */
  readonly mode: number | undefined;
}

/** Finds out where a file really is, and refuses what is not this user's to change. */
export async function targetOf(file: string): Promise<FileTarget> {
  const facts = await factsOf(file);
  if (facts === undefined) return { file, mode: undefined };
  const target = facts.isSymbolicLink() ? await followed(file) : file;
  const found = await stat(target);
  if (!found.isFile()) throw failure('config-not-a-file', `${target} is not a regular file`, `Move ${target} away.`);
  const foreign = (await foreignProblem(file)) ?? (target === file ? undefined : linkedProblem(target, found.uid));
  if (foreign !== undefined) {
    throw failure(
      'config-is-foreign',
      `${file} ${foreign}`,
      'Nothing was written. Use a file of your own, in a folder where only you may write.',
    );
  }
  return { file: target, mode: found.mode & 0o777 };
}

/** What is read behind a link may be root's; what is written there must be the user's own. */
function linkedProblem(target: string, owner: number): string | undefined {
  const own = process.getuid?.();
  return own === undefined || owner === own ? undefined : `is a link to ${target}, which belongs to another user`;
}

/**
 * Writes the whole of a file or nothing of it: into a draft beside it, to the disk, then in one step into its place. A draft
 * that a killed process left behind is replaced by the next one; the caller holds the lock.
 */
export async function replaceFile({ file }: FileTarget, text: string, mode: number): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.draft`);
  try {
    await rm(draft, { force: true });
    await writeDraft(draft, text, mode);
    await rename(draft, file);
    await syncFolder(dirname(file));
  } catch (error) {
    throw isClaudexError(error) ? error : notWritten(file, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function writeDraft(draft: string, text: string, mode: number): Promise<void> {
  const handle = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await handle.writeFile(text);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without it a power cut could take the new name back. Some systems cannot open folders. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file is in its place all the same.
  }
}

async function followed(link: string): Promise<string> {
  try {
    return await realpath(link);
  } catch (error) {
    throw failure('config-link-broken', `${link} is a link that leads nowhere`, `Remove ${link}, or mend it.`, error);
  }
}

async function factsOf(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw notWritten(file, error);
  }
}

const PROBLEMS: { readonly [code: string]: string } = {
  ENOSPC: 'no space is left on its disk',
  EDQUOT: 'your share of its disk is used up',
  EROFS: 'its disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'its folder does not exist',
};

function notWritten(file: string, error: unknown): Error {
  const code = systemCodeOf(error) ?? 'unknown';
  return failure(
    'config-not-written',
    `${file} cannot be written: ${PROBLEMS[code] ?? code}; it is as it was`,
    `Make room in ${dirname(file)}, and make it a folder that you may write to.`,
    error,
  );
}

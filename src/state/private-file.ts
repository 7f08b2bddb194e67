import { constants, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure, isClaudexError, systemCodeOf } from '../errors/index.ts';

/** Bits that let anybody but the owner in. */
const OTHERS = 0o077;

/** Makes sure of a folder that only its owner may enter. Fails when it belongs to somebody else. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await explained(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const facts = await stat(folder);
    refuseForeign(folder, facts);
    if ((facts.mode & OTHERS) !== 0) await chmod(folder, 0o700);
  });
}

/**
 * Writes a whole file or nothing, readable by its owner only. Makes its folder when needed. Refuses to write
 * through a link, which might lead anywhere.
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(file));
  await explained(file, async () => {
    if (await isLink(file)) throw linkRefused(file);
    // Most commands only read.
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(file, text, { mode: 0o600, encoding: 'utf8' });
  });
}

/**
 * Reads a file that only its owner may read; `undefined` when it does not exist. One that others could read is
 * closed to them first; one that is a link, no file, or somebody else's is refused.
 */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  return explained(file, async () => {
    let handle;
    try {
      // Without O_NONBLOCK, opening a pipe would wait for somebody to write.
      handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const facts = await handle.stat();
      refuseOthers(file, facts);
      if ((facts.mode & OTHERS) !== 0) await handle.chmod(0o600);
      return await handle.readFile('utf8');
    } catch (error) {
      const code = systemCodeOf(error);
      if (code === 'ENOENT') return undefined;
      if (code === 'ELOOP') throw linkRefused(file);
      throw error;
    } finally {
      await handle?.close();
    }
  });
}

/**
 * Checks a file that a library is going to open by the rules of {@link readPrivateFile}, and closes it to others. Never opens
 * it: whoever has a database open in this process would lose the system's locks when somebody else closes that file.
 */
export async function securePrivateFile(file: string): Promise<Stats | undefined> {
  return explained(file, async () => {
    const facts = await factsOf(file);
    if (facts === undefined) return undefined;
    if (facts.isSymbolicLink()) throw linkRefused(file);
    refuseOthers(file, facts);
    if ((facts.mode & OTHERS) !== 0) await chmod(file, 0o600);
    return facts;
  });
}

/** Makes an empty file that only its owner may read, whatever the umask is; does nothing when there is one. */
export async function createPrivateFile(file: string): Promise<void> {
  await makePrivateFolder(dirname(file));
  await explained(file, async () => {
    try {
      await (await open(file, 'wx', 0o600)).close();
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
  });
}

async function isLink(file: string): Promise<boolean> {
  return (await factsOf(file))?.isSymbolicLink() ?? false;
}

/** What there is under a name, without following a link; `undefined` for nothing. */
async function factsOf(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function refuseOthers(file: string, facts: Stats): void {
  if (!facts.isFile()) throw failure('state-file-is-none', `${file} is not a file`, `Remove ${file}.`);
  refuseForeign(file, facts);
}

function refuseForeign(place: string, facts: Stats): void {
  if (process.getuid === undefined || facts.uid === process.getuid()) return;
  throw failure(
    'state-is-foreign',
    `${place} belongs to another user`,
    `Remove ${place}, or give it back to yourself with chown.`,
  );
}

function linkRefused(file: string): Error {
  return failure('state-file-is-a-link', `${file} is a symbolic link`, 'Remove the link; Claudex writes its own file.');
}

/** Turns the system's errors into ones that say what to do. */
async function explained<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = systemCodeOf(error);
    if (isClaudexError(error) || code === undefined) throw error;
    throw failure(
      'state-unusable',
      `${place} cannot be used (${code})`,
      'Claudex needs a folder it can write to; XDG_DATA_HOME or CLAUDEX_DATA_DIR names another one.',
      error,
    );
  }
}

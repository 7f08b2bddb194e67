import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, chmod, link, lstat, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure, isClaudexError, systemCodeOf } from '../errors/index.ts';

/** Bits that let anybody but the owner in. */
const OTHERS = 0o077;

/** None of these files comes near this size, and a huge one must not fill the memory. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Makes sure of a folder that only its owner may enter. Fails when it belongs to somebody else. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await explained(
    folder,
    async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const facts = await stat(folder);
      refuseForeign(folder, facts);
      if ((facts.mode & OTHERS) !== 0) await chmod(folder, 0o700);
    },
    folder,
  );
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
 * Writes a whole file where there is none, readable by its owner only; one that somebody else has made first stays as it
 * is. Leaves nothing behind when it fails.
 */
export async function writeNewPrivateFile(file: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(file));
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await explained(file, async () => {
    try {
      await writeThrough(draft, text);
      await link(draft, file);
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  });
}

/** Makes a file whose text has reached the disk. */
async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Reads a file that only its owner may read; `undefined` when it does not exist. One that others could read is
 * closed to them first; one that is a link, no file, huge, or somebody else's is refused.
 */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  return explained(file, async () => {
    let handle;
    try {
      // Without O_NONBLOCK, opening a pipe would wait for somebody to write.
      handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const facts = await handle.stat();
      refuseOthers(file, facts);
      if (facts.size > MOST_BYTES) throw failure('state-file-is-huge', `${file} is too large`, `Remove ${file}.`);
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
    try {
      if ((facts.mode & OTHERS) !== 0) await chmod(file, 0o600);
    } catch (error) {
      // Another process has moved it away just now.
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    return facts;
  });
}

/**
 * Makes an empty file that only its owner may read, whatever the umask is; does nothing when there is one. Fails also then
 * when its folder takes no more files, as on a disk that has become read-only.
 */
export async function createPrivateFile(file: string): Promise<void> {
  const folder = dirname(file);
  await makePrivateFolder(folder);
  await explained(file, async () => {
    try {
      await (await open(file, 'wx', 0o600)).close();
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
      await access(folder, constants.W_OK);
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

/** What the system's codes say about the disk. */
const DISK_PROBLEMS: { readonly [code: string]: string } = {
  ENOSPC: 'no space is left on its disk',
  EDQUOT: 'your share of its disk is used up',
  EFBIG: 'no file may become that large',
  EROFS: 'its disk is read-only',
  // What Node says of a folder that it cannot make.
  ENOENT: 'it cannot be made',
};

/** Turns the system's errors into ones that say what to do. */
async function explained<Result>(
  place: string,
  work: () => Promise<Result>,
  folder: string = dirname(place),
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = systemCodeOf(error);
    if (isClaudexError(error) || code === undefined) throw error;
    const problem = DISK_PROBLEMS[code];
    const hasNoRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code);
    throw failure(
      'state-unusable',
      problem === undefined ? `${place} cannot be used (${code})` : `${place} cannot be used: ${problem} (${code})`,
      `${hasNoRoom ? `Make room in ${folder}` : `Make ${folder} a folder that Claudex can write to`}, or name another one with XDG_DATA_HOME or CLAUDEX_DATA_DIR.`,
      error,
    );
  }
}

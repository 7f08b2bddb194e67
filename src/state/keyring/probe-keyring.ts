import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';
import { ENTRY_OPTIONS, SERVICE } from './system-keyring.ts';

/** A keyring that is locked, or whose service is gone, may never answer; in milliseconds. */
const LIMIT_MS = 3_000;
/** How long a verdict counts, in milliseconds: what does not work now may be installed or unlocked soon. */
const AGE_MS = { works: 24 * 3_600_000, fails: 10 * 60_000 };

/** What the child gets of the environment: enough to find the keyring of this login, and none of the keys in it. */
const PASSED = new Set(
  [
    [
      'DBUS_SESSION_BUS_ADDRESS',
      'DISPLAY',
      'HOME',
      'LANG',
      'LOGNAME',
      'NODE_OPTIONS',
      'PATH',
      'USER',
      'WAYLAND_DISPLAY',
    ],
    ['XDG_CURRENT_DESKTOP', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR', 'XDG_SESSION_ID'],
    ['APPDATA', 'LOCALAPPDATA', 'SYSTEMDRIVE', 'SYSTEMROOT', 'TEMP', 'USERDOMAIN', 'USERNAME', 'USERPROFILE', 'WINDIR'],
  ].flat(),
);

/** Whether the system's keyring can be used. */
export interface KeyringVerdict {
  readonly works: boolean;
  /** Why not, one line for people. */
  readonly why?: string;
}

/** A verdict as it is remembered. */
interface KeptVerdict extends KeyringVerdict {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The bus of the login that was asked: another login may have none. */
  readonly bus: string;
}

/** Looks whether the keyring works, at most once in a while. */
export async function probeKeyring(stateFolder: string, environment: NodeJS.ProcessEnv): Promise<KeyringVerdict> {
  const file = join(stateFolder, 'keyring-probe.json');
  const bus = environment['DBUS_SESSION_BUS_ADDRESS'] ?? environment['XDG_RUNTIME_DIR'] ?? '';
  const kept = await readVerdict(file);
  if (kept !== undefined && kept.bus === bus && isFresh(kept)) return kept;
  const verdict = await askInChild(environment);
  const record: KeptVerdict = { ...verdict, at: Date.now(), bus };
  // Without it the next command asks again, which costs no more than time.
  await writePrivateFile(file, `${JSON.stringify(record)}\n`).catch(() => undefined);
  return verdict;
}

/** Reads an entry that nobody has, in a process that can be ended when the library hangs in native code. */
function askInChild(environment: NodeJS.ProcessEnv): Promise<KeyringVerdict> {
  const library = import.meta.resolve('@napi-rs/keyring');
  const script = `
    const { AsyncEntry } = await import(${JSON.stringify(library)});
    await new AsyncEntry(${JSON.stringify(SERVICE)}, 'probe', ${JSON.stringify(ENTRY_OPTIONS)}).getPassword();
    process.exit(0);`;
  const options = { timeout: LIMIT_MS, killSignal: 'SIGKILL', env: passed(environment), windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '--eval', script], options, (error) => {
      if (error === null) resolve({ works: true });
      else if (error.killed === true) resolve({ works: false, why: 'the system keyring does not answer' });
      else resolve({ works: false, why: NO_SERVICE });
    });
  });
}

function passed(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => PASSED.has(name.toUpperCase())));
}

const NO_SERVICE =
  process.platform === 'linux'
    ? 'this login has no secret service (such as GNOME Keyring or KWallet)'
    : 'the system keyring cannot be used from this login';

function isFresh({ works, at }: KeptVerdict): boolean {
  const ageMs = Date.now() - at;
  return ageMs >= 0 && ageMs < (works ? AGE_MS.works : AGE_MS.fails);
}

async function readVerdict(file: string): Promise<KeptVerdict | undefined> {
  try {
    const { works, why, at, bus } = JSON.parse((await readPrivateFile(file)) ?? '{}') as Partial<KeptVerdict>;
    if (typeof works !== 'boolean' || typeof at !== 'number' || typeof bus !== 'string') return undefined;
    return { works, at, bus, ...(typeof why === 'string' ? { why } : {}) };
  } catch {
    // A damaged verdict is none.
    return undefined;
  }
}

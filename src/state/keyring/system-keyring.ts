import { failure } from '../../errors/index.ts';
import type { SecretBackend } from './secret-store.ts';

/** The name under which the system files our secrets; the original Claudex used the same. */
export const SERVICE = 'claudex';

/** On Linux the library would otherwise fall back to the kernel's keyring, which forgets everything when the machine restarts. */
export const ENTRY_OPTIONS = { linux: { store: 'secret-service' } } as const;

/** The system may ask its user to unlock the keyring first; in milliseconds. */
const LIMIT_MS = 30_000;

/** As much of one entry of the library as is used here. */
export interface KeyringEntry {
  getPassword(signal?: AbortSignal): Promise<string | null>;
  setPassword(secret: string, signal?: AbortSignal): Promise<void>;
  deletePassword(signal?: AbortSignal): Promise<boolean>;
}

/** Opens an entry of the system's keyring by its name. */
export type OpenKeyringEntry = (entry: string) => Promise<KeyringEntry>;

/** Keeps secrets in the keyring of the system. Every failure names the entry, never the secret. */
export class SystemKeyring implements SecretBackend {
  readonly #open: OpenKeyringEntry;
  readonly #limitMs: number;

  constructor(open: OpenKeyringEntry = openWithLibrary, limitMs = LIMIT_MS) {
    this.#open = open;
    this.#limitMs = limitMs;
  }

  async get(entry: string): Promise<string | undefined> {
    return (await this.#call(entry, (found, signal) => found.getPassword(signal))) ?? undefined;
  }

  async set(entry: string, secret: string): Promise<void> {
    await this.#call(entry, (found, signal) => found.setPassword(secret, signal));
  }

  async delete(entry: string): Promise<boolean> {
    return this.#call(entry, (found, signal) => found.deletePassword(signal));
  }

  async #call<Result>(entry: string, work: (found: KeyringEntry, signal: AbortSignal) => Promise<Result>) {
    const signal = AbortSignal.timeout(this.#limitMs);
    try {
      const answer = this.#open(entry).then((found) => work(found, signal));
      return await Promise.race([answer, rejectedBy(signal)]);
    } catch {
      // The library's own words may quote what it was given.
      const [code, problem] = signal.aborted
        ? ['keyring-silent', `did not answer for entry "${entry}" within ${this.#limitMs / 1000} s`]
        : ['keyring-refused', `refused entry "${entry}"`];
      throw failure(
        code,
        `the system keyring ${problem}`,
        'Unlock the keyring and try again, or keep secrets in private files with CLAUDEX_KEYRING=file.',
      );
    }
  }
}

async function openWithLibrary(entry: string): Promise<KeyringEntry> {
  // Most commands need no secret, and the library is native code.
  const { AsyncEntry } = await import('@napi-rs/keyring');
  return new AsyncEntry(SERVICE, entry, ENTRY_OPTIONS);
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('no answer')), { once: true });
  });
}

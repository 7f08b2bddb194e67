import { isClaudexError, messageOf, usageError } from '../../errors/index.ts';
import type { KeyringVerdict } from './probe-keyring.ts';
import { SecretFiles } from './secret-files.ts';
import type { SecretBackend, SecretStore } from './secret-store.ts';
import { SystemKeyring } from './system-keyring.ts';

/** `file` never touches the system's keyring, `system` insists on it. */
const CHOICE = 'CLAUDEX_KEYRING';

/** How a store is opened; what is absent is the real thing. */
export interface SecretStoreOptions {
  /** Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly keyring?: SecretBackend;
  /** How long the keyring may take for each answer, in milliseconds. Default: long enough to unlock it by hand. */
  readonly limitMs?: number;
  /** Says whether the keyring can be used. */
  readonly probe?: () => Promise<KeyringVerdict>;
}

/**
 * Opens the place for secrets: the system's keyring where it works, else private files below the state folder. What was
 * kept in a file is found also where the keyring works now. Throws a usage error for a bad `$CLAUDEX_KEYRING`.
 */
export async function openSecretStore(stateFolder: string, options: SecretStoreOptions = {}): Promise<SecretStore> {
  const { environment = process.env } = options;
  const files = new SecretFiles(stateFolder);
  const choice = environment[CHOICE] ?? '';
  if (choice === 'file') return fileStore(files, `${CHOICE}=file`);
  if (choice !== '' && choice !== 'system') {
    throw usageError(
      'keyring-choice-unknown',
      `${CHOICE} is neither "file" nor "system"`,
      `Correct or unset ${CHOICE}.`,
    );
  }
  const probe = options.probe ?? (() => probeLazily(stateFolder, environment));
  const verdict: KeyringVerdict = choice === 'system' ? { works: true } : await probe();
  if (!verdict.works) return fileStore(files, verdict.why ?? 'the system keyring cannot be used');
  return keyringStore(options.keyring ?? new SystemKeyring(undefined, options.limitMs), files);
}

/**
 * Reads these entries, as far as there are any. Asks the keyring only for what no file has. One that cannot be read does
 * not keep the others from being found: `problems` has one line for it. A keyring that does not answer at all is asked once.
 */
export async function readSecrets(
  stateFolder: string,
  entries: readonly string[],
  options: SecretStoreOptions = {},
): Promise<{ secrets: ReadonlyMap<string, string>; problems: readonly string[] }> {
  const secrets = new Map<string, string>();
  const problems: string[] = [];
  const files = new SecretFiles(stateFolder);
  let store: Promise<SecretStore> | undefined;
  let isSilent = false;
  for (const entry of new Set(entries)) {
    try {
      const kept = await files.get(entry);
      if (kept === undefined && isSilent) continue;
      const secret = kept ?? (await (await (store ??= openSecretStore(stateFolder, options))).get(entry));
      if (secret !== undefined) secrets.set(entry, secret);
    } catch (error) {
      problems.push(messageOf(error));
      isSilent ||= isClaudexError(error) && error.code === 'keyring-silent';
    }
  }
  return { secrets, problems };
}

async function probeLazily(stateFolder: string, environment: NodeJS.ProcessEnv): Promise<KeyringVerdict> {
  const { probeKeyring } = await import('./probe-keyring.ts');
  return probeKeyring(stateFolder, environment);
}

function fileStore(files: SecretFiles, why: string): SecretStore {
  return {
    backend: 'file',
    why,
    get: (entry) => files.get(entry),
    set: (entry, secret) => files.set(entry, secret),
    delete: (entry) => files.delete(entry),
  };
}

/** A file is only there while it has not been moved to the keyring, so that it is newer than what the keyring may have. */
function keyringStore(keyring: SecretBackend, files: SecretFiles): SecretStore {
  return {
    backend: 'keyring',
    get: async (entry) => (await files.get(entry)) ?? keyring.get(entry),
    set: async (entry, secret) => {
      await keyring.set(entry, secret);
      await files.delete(entry);
      await files.noteChange();
    },
    delete: async (entry) => {
      const found = [await keyring.delete(entry), await files.delete(entry)];
      await files.noteChange();
      return found.includes(true);
    },
  };
}

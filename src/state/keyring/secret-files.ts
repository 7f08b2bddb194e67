import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, systemCodeOf } from '../../errors/index.ts';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';
import type { SecretBackend } from './secret-store.ts';

/** What a file holds. */
interface SecretRecord {
  readonly entry: string;
  readonly secret: string;
}

/** The folder whose time changes with every secret that Claudex stores or forgets, wherever it is kept. */
export function secretsFolder(stateFolder: string): string {
  return join(stateFolder, 'secrets');
}

/**
 * Keeps secrets below the state folder. Each entry has a file of its own, so that two processes that write at the same
 * moment cannot lose one another's secrets.
 */
export class SecretFiles implements SecretBackend {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = secretsFolder(stateFolder);
  }

  async get(entry: string): Promise<string | undefined> {
    const file = this.#fileOf(entry);
    const text = await readPrivateFile(file);
    if (text === undefined) return undefined;
    const record = parsed(text);
    if (record?.entry === entry && typeof record.secret === 'string') return record.secret;
    throw failure(
      'secret-damaged',
      `${file} does not hold the secret "${entry}"`,
      `Delete ${file}, and store the key again.`,
    );
  }

  async set(entry: string, secret: string): Promise<void> {
    const record: SecretRecord = { entry, secret };
    await writePrivateFile(this.#fileOf(entry), `${JSON.stringify(record)}\n`);
  }

  async delete(entry: string): Promise<boolean> {
    try {
      await rm(this.#fileOf(entry));
      return true;
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Lets those who watch the folder know that a secret has changed in the keyring. */
  async noteChange(): Promise<void> {
    await writePrivateFile(join(this.#folder, 'changed'), `${new Date().toISOString()}\n`);
  }

  /** An entry may have any name; a file may not. */
  #fileOf(entry: string): string {
    return join(this.#folder, `${createHash('sha256').update(entry, 'utf8').digest('hex')}.json`);
  }
}

function parsed(text: string): Partial<SecretRecord> | undefined {
  try {
    const record = JSON.parse(text) as unknown;
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch {
    return undefined;
  }
}

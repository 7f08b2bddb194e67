import { failure } from '../../../../src/errors/index.ts';
import type { SecretBackend } from '../../../../src/state/keyring/secret-store.ts';

/** A keyring in memory that can be locked. */
export class FakeKeyring implements SecretBackend {
  readonly entries = new Map<string, string>();
  /** Entries that were read, in order. */
  readonly asked: string[] = [];
  isLocked = false;

  async get(entry: string): Promise<string | undefined> {
    this.#refuse(entry);
    this.asked.push(entry);
    return this.entries.get(entry);
  }

  async set(entry: string, secret: string): Promise<void> {
    this.#refuse(entry);
    this.entries.set(entry, secret);
  }

  async delete(entry: string): Promise<boolean> {
    this.#refuse(entry);
    return this.entries.delete(entry);
  }

  #refuse(entry: string): void {
    if (this.isLocked) throw failure('keyring-refused', `the keyring is locked for "${entry}"`);
  }
}

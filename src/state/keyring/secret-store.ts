/** Where secrets are kept that the configuration only names. */
export interface SecretStore {
  /** Where {@link set} puts a secret: into the system's keyring, or into files that only their owner may read. */
  readonly backend: 'keyring' | 'file';
  /** Why it is files, one line for people. */
  readonly why?: string;
  /** The secret of an entry, wherever it was put; undefined when there is none. */
  get(entry: string): Promise<string | undefined>;
  /** Keeps a secret in place of the one before. */
  set(entry: string, secret: string): Promise<void>;
  /** Forgets a secret; false when there was none. */
  delete(entry: string): Promise<boolean>;
}

/** Something that keeps secrets by entry. */
export type SecretBackend = Pick<SecretStore, 'get' | 'set' | 'delete'>;

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { AuthClient, IdentityPoolClientOptions as PoolOptions } from 'google-auth-library';

type Library = typeof import('google-auth-library');

const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];
/** Tokens are valid for an hour; one whose end nobody says is used for less. */
const USUAL_MS = 50 * 60 * 1000;

/** A token for Google Cloud. */
export interface AccessToken {
  /** Lower-case names: the token, and the project that pays for the calls where the credentials name one. */
  readonly headers: { readonly [header: string]: string };
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Gets a token from a file of credentials, else from wherever Google's library finds the default credentials of this
 * machine. The library opens its own connections, by the network's proxy from the environment.
 */
export async function accessToken(file: string | undefined, now: () => number): Promise<AccessToken> {
  const library = await import('google-auth-library');
  // The same file by its conventional variable is left to the library, which knows even more kinds of it.
  const isDefault = file === undefined || file === process.env['GOOGLE_APPLICATION_CREDENTIALS'];
  const client = isDefault
    ? await new library.GoogleAuth({ scopes: SCOPES }).getClient()
    : clientOf(library, await readCredentials(file), file);
  const headers = await client.getRequestHeaders();
  const authorization = headers.get('authorization') ?? '';
  const payer = headers.get('x-goog-user-project');
  return {
    headers: { authorization, ...(payer !== null && { 'x-goog-user-project': payer }) },
    token: authorization.replace(/^Bearer /i, ''),
    expiresAt: client.credentials.expiry_date ?? now() + USUAL_MS,
  };
}

async function readCredentials(file: string): Promise<{ readonly [name: string]: unknown }> {
  const path = file.replace(/^~(?=[\\/])/, homedir());
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`the file of credentials ${path} cannot be read (${error.code ?? 'unknown'})`);
  });
  try {
    return JSON.parse(text) as { [name: string]: unknown };
  } catch {
    throw new Error(`the file of credentials ${path} is not JSON`);
  }
}

function clientOf(library: Library, credentials: { readonly [name: string]: unknown }, file: string): AuthClient {
  const text = (name: string): string => {
    const value = credentials[name];
    return typeof value === 'string' ? value : '';
  };
  switch (credentials['type']) {
    case 'service_account':
      return new library.JWT({
        email: text('client_email'),
        key: text('private_key'),
        keyId: text('private_key_id'),
        scopes: SCOPES,
      });
    case 'authorized_user': {
      const client = new library.UserRefreshClient();
      client.fromJSON(credentials);
      return client;
    }
    // Credentials that come from a program are left to the library's own search: a file is no reason to run one.
    case 'external_account':
      if (hasSubject(credentials))
        return new library.IdentityPoolClient({ ...credentials, scopes: SCOPES } as unknown as PoolOptions);
  }
  throw new Error(
    `the file of credentials ${file} is of a kind that is not known here; export it as GOOGLE_APPLICATION_CREDENTIALS instead`,
  );
}

/** Whether the token to exchange stands in a file or at an address. */
function hasSubject(credentials: { readonly [name: string]: unknown }): boolean {
  const source = credentials['credential_source'];
  return typeof source === 'object' && source !== null && ('file' in source || 'url' in source);
}

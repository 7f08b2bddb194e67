import type { ConnectIo, Connection } from '@claudex/sdk';
import { accessToken } from './access-token.ts';

/**
 * Shows Vertex AI the profile's key where it has one, else a token of the machine's credentials. Rejects with what can be
 * done about it.
 */
export async function connectVertex({ credential, options, now }: ConnectIo): Promise<Connection> {
  if (credential !== undefined) return { headers: { 'x-goog-api-key': credential }, secrets: [credential] };
  if (options['plan'] === 'express') throw new Error('express mode needs an API key: export GOOGLE_CLOUD_API_KEY');
  try {
    const { headers, token, expiresAt } = await accessToken(options['credentials_file'], now);
    return { headers, expiresAt, secrets: [token] };
  } catch (thrown) {
    throw rejectionOf(thrown);
  }
}

function rejectionOf(thrown: unknown): Error {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const isMissing = message.includes('Could not load the default credentials');
  const text = isMissing
    ? 'there are no Google Cloud credentials on this machine: run "gcloud auth application-default login", or set options.credentials_file or GOOGLE_APPLICATION_CREDENTIALS'
    : `no access token for Google Cloud: ${message}`;
  const rejection = new Error(text, { cause: thrown });
  const status = statusOf(thrown);
  return status === undefined ? rejection : Object.assign(rejection, { status });
}

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return undefined;
  const status = Number(thrown.status);
  return Number.isInteger(status) && status > 0 ? status : undefined;
}

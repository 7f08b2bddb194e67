import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectIo } from '@claudex/sdk';
import { expect } from 'chai';
import { connectVertex } from '../src/connect-vertex.ts';

const NOW = 1_800_000_000_000;

function io(more: Partial<ConnectIo> = {}): ConnectIo {
  return {
    options: { project: 'p1', location: 'global' },
    fetch: () => Promise.reject(new Error('the library opens its own connections')),
    now: () => NOW,
    signal: new AbortController().signal,
    ...more,
  };
}

async function rejectionOf(attempt: Promise<unknown>): Promise<Error & { status?: number }> {
  return attempt.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: unknown) => error as Error & { status?: number },
  );
}

describe('connecting to Vertex AI', () => {
  let folder: string;
  let server: Server;
  let asked: URLSearchParams[];
  let answer: { status: number; body: object };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'claudex-vertex-'));
    asked = [];
    answer = { status: 200, body: { access_token: 'ya29.fake', expires_in: 3600, token_type: 'Bearer' } };
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        asked.push(new URLSearchParams(Buffer.concat(parts).toString()));
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  /** Credentials of a workload outside Google, whose token is exchanged at an address that they name. */
  async function workload(more: object = {}): Promise<{ [name: string]: string }> {
    const subject = join(folder, 'subject-token');
    await writeFile(subject, 'subject-of-this-machine');
    const file = join(folder, 'credentials.json');
    const credentials = {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/one',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
      credential_source: { file: subject },
      ...more,
    };
    await writeFile(file, JSON.stringify(credentials));
    return { project: 'p1', credentials_file: file };
  }

  it('shows the key of a profile as Google wants it, and asks nobody', async () => {
    const connection = await connectVertex(io({ credential: 'AIzaKey' }));
    expect(connection).to.deep.equal({ headers: { 'x-goog-api-key': 'AIzaKey' }, secrets: ['AIzaKey'] });
    expect(asked).to.deep.equal([]);
  });

  it('exchanges the credentials of a file for a token, for an hour', async () => {
    const before = Date.now();
    const { headers, secrets, expiresAt } = await connectVertex(io({ options: await workload() }));
    expect(headers).to.deep.equal({ authorization: 'Bearer ya29.fake' });
    expect(secrets).to.deep.equal(['ya29.fake']);
    expect(expiresAt).to.be.within(before + 3_500_000, Date.now() + 3_600_000);
    expect(asked.map((form) => form.get('subject_token'))).to.deep.equal(['subject-of-this-machine']);
    expect(asked[0]?.get('scope')).to.equal('https://www.googleapis.com/auth/cloud-platform');
  });

  it('names the project that pays where the credentials do', async () => {
    const { headers } = await connectVertex(io({ options: await workload({ quota_project_id: 'payer' }) }));
    expect(headers).to.include({ 'x-goog-user-project': 'payer' });
  });

  it('says with which status the exchange was refused', async () => {
    answer = { status: 400, body: { error: 'invalid_grant', error_description: 'The token has expired' } };
    const rejection = await rejectionOf(connectVertex(io({ options: await workload() })));
    expect(rejection.message).to.contain('no access token for Google Cloud');
    expect(rejection.message).to.contain('The token has expired').and.not.contain('subject-of-this-machine');
  });

  for (const [what, text, said] of [
    ['that is none', undefined, 'cannot be read (ENOENT)'],
    ['that is not JSON', 'key = 1', 'is not JSON'],
    ['of another kind', '{"type":"somebody_elses"}', 'of a kind that is not known'],
  ] as const)
    it(`names a file ${what}`, async () => {
      const file = join(folder, 'odd.json');
      if (text !== undefined) await writeFile(file, text);
      const { message } = await rejectionOf(connectVertex(io({ options: { credentials_file: file } })));
      expect(message).to.contain(file).and.contain(said);
    });

  it('needs a key for express mode', async () => {
    const { message } = await rejectionOf(connectVertex(io({ options: { plan: 'express' } })));
    expect(message).to.contain('GOOGLE_CLOUD_API_KEY');
  });
});

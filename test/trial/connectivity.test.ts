import { expect } from 'chai';
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UpstreamError, type UpstreamClient } from '../../src/http/index.ts';
import { createScrubber } from '../../src/errors/index.ts';
import { ProviderReach } from '../../src/proxy/index.ts';
import { testConnectivity } from '../../src/trial/index.ts';
import { listen } from '../support/listen.ts';
import { ROOT } from '../support/source-files.ts';
import { freePort } from '../support/free-port.ts';
import { chatCompletion } from '../support/chat-answers.ts';
import type { TestServer } from '../support/serve.ts';
import { MODELS, profileOf, provider, says, trial, type Answers } from './support/bench.ts';

const COMPLETIONS: { readonly [type: string]: unknown } = {
  OpenAICompatible: chatCompletion('m', { text: 'OK' }, 0),
  OpenAIResponses: {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    model: 'm',
    output: [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'OK', annotations: [] }],
      },
    ],
    usage: { input_tokens: 3, output_tokens: 1, total_tokens: 4 },
  },
  DirectAnthropic: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [{ type: 'text', text: 'OK' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 3, output_tokens: 1 },
  },
};

describe('the test of a profile', () => {
  let upstream: TestServer | undefined;
  afterEach(() => upstream?.stop());

  const test = async (answers: Answers, more = '', type = 'OpenAICompatible') => {
    upstream = await provider(answers);
    const address = `provider_type = '${type}'\nbase_url = '${upstream.url}/v1'\n`;
    return trial(await profileOf(`${address}api_key = 'sk-key-of-the-test'\n${more}`));
  };
  const calls = () => upstream?.seen.map(({ method, url }) => `${method} ${url}`);

  for (const type of Object.keys(COMPLETIONS)) {
    it(`is passed by a provider of ${type} that lists its models, and asks nothing else`, async () => {
      const result = await test({ models: says(200, MODELS) }, '', type);
      expect(result).to.include({ ok: true, asked: 'models' });
      expect(result.latency_ms).to.be.at.least(0);
      expect(calls()).to.have.length(1);
    });

    it(`asks a provider of ${type} without a list for a small completion`, async () => {
      const result = await test({ messages: says(200, COMPLETIONS[type]) }, '', type);
      expect(result).to.include({ ok: true, asked: 'completion' });
      const sent = JSON.parse(upstream?.seen[1]?.body ?? '') as { [field: string]: unknown };
      const limits = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'].flatMap((name) => sent[name] ?? []);
      expect(limits).to.deep.equal([16]);
    });

    it(`says of a provider of ${type} that it refused the key`, async () => {
      const refusal = { error: { type: 'authentication_error', message: 'bad key sk-key-of-the-test' } };
      const result = await test({ models: says(401, refusal) }, '', type);
      expect(result).to.include({ ok: false, asked: 'models' }).and.have.nested.property('problem.code', 'key-refused');
      expect(result.problem?.reason).to.include('the key was refused').and.include('401');
      expect(JSON.stringify(result)).to.not.include('sk-key-of-the-test');
      expect(calls()).to.have.length(1);
    });
  }

  it('sends the headers and the query of the profile with both calls', async () => {
    const more = `[profiles.custom_headers]\nAuthorization = 'Custom own-secret'\nX-Team = 'blue'\n[profiles.query_params]\napi-version = '7'\n`;
    await test({ messages: says(200, COMPLETIONS['OpenAICompatible']) }, more);
    expect(calls()).to.deep.equal(['GET /v1/models?api-version=7', 'POST /v1/chat/completions?api-version=7']);
    for (const { headers } of upstream?.seen ?? [])
      expect(headers).to.include({ authorization: 'Custom own-secret', 'x-team': 'blue' });
  });

  it('lets a completion decide where the key may not list the models', async () => {
    const good = await test({ models: says(403, {}), messages: says(200, COMPLETIONS['OpenAICompatible']) });
    expect(good).to.include({ ok: true, asked: 'completion' });
    await upstream?.stop();
    const bad = await test({ models: says(403, {}), messages: says(403, {}) });
    expect(bad).to.have.nested.property('problem.code', 'key-refused');
  });

  it('is passed where only a field of the small request is refused, which the proxy leaves out', async () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const error = { message, type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' };
    expect(await test({ messages: says(400, { error }) })).to.include({ ok: true, asked: 'completion' });
  });

  const failures: readonly [what: string, answers: Answers, code: string, words: RegExp][] = [
    ['an empty address', {}, 'not-found', /the address was not found \(status 404/],
    [
      'a model that does not exist',
      { messages: says(404, { error: { message: 'The model `m` does not exist', code: 'model_not_found' } }) },
      'model-not-found',
      /the model was not found/,
    ],
    ['too many requests', { models: says(429, { error: { message: 'slow down' } }) }, 'rate-limited', /429: slow down/],
    [
      'an empty account',
      { models: says(402, { error: { message: 'Insufficient credits' } }) },
      'not-paid',
      /Insufficient credits/,
    ],
    ['an overloaded server', { models: says(503, {}) }, 'server-error', /503/],
    ['a broken gateway with a page', { models: says(502, '<html>Bad gateway</html>') }, 'server-error', /status 502/],
    ['a web page', { models: says(200, '<!doctype html><title>Hi</title>') }, 'web-page', /web page \(HTML\)/],
    [
      'a web page for whatever does not exist',
      { models: says(404, '<html></html>'), messages: says(404, '<html></html>') },
      'web-page',
      /web page/,
    ],
    ['plain text', { models: says(200, 'hello', { 'content-type': 'text/plain' }) }, 'not-json', /not JSON/],
    [
      'a redirect',
      { models: says(302, '', { location: 'http://127.0.0.1:9/elsewhere' }) },
      'redirect',
      /redirect \(302\)/,
    ],
    [
      'a success that hides an error',
      { messages: says(200, { error: { message: 'no such deployment', code: 404 } }) },
      'model-not-found',
      /no such deployment/,
    ],
  ];
  for (const [what, answers, code, words] of failures) {
    it(`tells ${what}`, async () => {
      const { ok, problem } = await test(answers);
      expect(ok).to.equal(false);
      expect(problem?.code).to.equal(code);
      expect(problem?.reason).to.match(words);
      expect(problem?.remedy).to.match(/\w{4}.*\.$/);
    });
  }

  it('gives up on a provider that does not answer', async () => {
    upstream = await provider({ models: () => undefined });
    const bound = await profileOf(`provider_type = 'OpenAICompatible'\nbase_url = '${upstream.url}'\n`);
    const { problem } = await trial(bound, 200);
    expect(problem).to.include({ code: 'timeout', reason: `${upstream.url} did not answer within 0.2 s` });
  });

  const addresses: readonly [what: string, address: () => Promise<string>, code: string, words: RegExp][] = [
    [
      'nobody listens',
      async () => `http://127.0.0.1:${await freePort()}`,
      'connection-refused',
      /refused the connection/,
    ],
    [
      'no machine has that name',
      async () => 'http://nowhere.invalid',
      'name-unknown',
      /nowhere\.invalid cannot be resolved/,
    ],
    [
      'nobody speaks TLS',
      async () => (upstream = await provider({})).url.replace('http', 'https'),
      'connection-failed',
      /reached/,
    ],
  ];
  for (const [what, address, code, words] of addresses) {
    it(`says that ${what}`, async () => {
      const bound = await profileOf(`provider_type = 'OpenAICompatible'\nbase_url = '${await address()}'\n`);
      const { problem } = await trial(bound);
      expect(problem?.code).to.equal(code);
      expect(problem?.reason).to.match(words);
    });
  }

  it('tells a certificate that is not accepted', async () => {
    const file = (name: string) => readFileSync(join(ROOT, 'test/support/certificates', name));
    const server = createServer({ key: file('server.key'), cert: file('self-signed.pem') });
    const port = await listen(server);
    try {
      const bound = await profileOf(`provider_type = 'OpenAICompatible'\nbase_url = 'https://127.0.0.1:${port}'\n`);
      const { problem } = await trial(bound);
      expect(problem?.code).to.equal('certificate-refused');
      expect(problem?.remedy).to.include('NODE_EXTRA_CA_CERTS');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('sends nothing without the key that the profile names', async () => {
    upstream = await provider({ models: says(200, MODELS) });
    const bound = await profileOf(`base_url = '${upstream.url}'\napi_key_env = 'THE_KEY'\n`);
    const result = await trial(bound);
    expect(result).to.include({ ok: false, latency_ms: null, asked: null });
    expect(result.problem).to.include({ code: 'key-missing' });
    expect(result.problem?.remedy).to.include('THE_KEY');
    expect(upstream.seen).to.have.length(0);
  });

  it('says which setting is missing when there is neither a list nor a model', async () => {
    upstream = await provider({});
    const bound = await profileOf(`provider_type = 'OpenAICompatible'\nbase_url = '${upstream.url}'\n`);
    const result = await trial({ ...bound, models: { default: '' } });
    expect(result.problem?.code).to.equal('model-missing');
  });

  it('starts the upstream of a provider that brings one', async () => {
    expect(await trial(await profileOf(`provider = 'demo'\n`))).to.include({ ok: true });
  });

  it('shows Azure its key in the header that it wants', async () => {
    const bound = await profileOf(
      `provider_type = 'OpenAICompatible'\nbase_url = 'https://x.openai.azure.com/openai/deployments/m'\napi_key = 'azure-key-1'\n`,
    );
    const seen: { readonly [name: string]: string }[] = [];
    const upstreamClient: UpstreamClient = {
      async send({ headers }) {
        seen.push(headers);
        throw new UpstreamError('connection', 'no way', { code: 'ECONNREFUSED' });
      },
      close: () => undefined,
    };
    const reach = new ProviderReach({ log: () => undefined, client: upstreamClient });
    const way = { upstream: upstreamClient, reach, scrubber: createScrubber() };
    await testConnectivity(bound, way, new AbortController().signal);
    expect(seen[0]).to.include({ 'api-key': 'azure-key-1' }).and.not.have.property('authorization');
  });
});

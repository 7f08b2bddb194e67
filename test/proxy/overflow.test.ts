import { expect } from 'chai';
import { eventsOf, question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../support/recording-server.ts';

/** What the provider answers with. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

const START = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'm', content: [], usage: { input_tokens: 1, output_tokens: 1 } },
};
const OPEN = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
const sse = (...events: object[]): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
/** Some 17,000 tokens. */
const LONG = 'word '.repeat(13_800);

describe('a prompt that is too long, whatever the provider calls it', () => {
  let upstream: RecordingServer<unknown>;
  let proxy: TestProxy;
  let answer: Answer;

  beforeEach(async () => {
    upstream = await startRecordingServer((_request, response) => {
      const { status, body, type } = answer;
      if (type === undefined) sendWhole(response, status, body);
      else response.writeHead(status, { 'content-type': type }).end(body);
    });
    const profile = (name: string, type: string, path: string, more: string): string =>
      `[[profiles]]\nname = "${name}"\nprovider_type = "${type}"\nbase_url = "${upstream.url}${path}"\ndefault_model = "m"\n${more}`;
    proxy = await startTestProxy(
      profile('chat', 'OpenAICompatible', '/v1', '') +
        profile('chat20', 'OpenAICompatible', '/v1', 'context_window = 20_000\n') +
        profile('own', 'DirectAnthropic', '', '') +
        profile('own20', 'DirectAnthropic', '', 'context_window = 20_000\n'),
    );
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  const ask = (profile: string, more: object = {}): Promise<Response> =>
    proxy.post(`/proxy/${profile}/v1/messages`, question(more));

  async function messageOf(response: Response): Promise<string> {
    expect(response.status).to.equal(400);
    const { error } = (await response.json()) as { error: { type: string; message: string } };
    expect(error.type).to.equal('invalid_request_error');
    return error.message;
  }

  const failure = (error: object | string, status = 400): Answer => ({ status, body: { type: 'error', error } });

  for (const kind of ['chat', 'own']) {
    it(`always has both figures, ${kind}`, async () => {
      answer = failure({ message: 'Your input exceeds the context window of this model' });
      const message = await messageOf(await ask(kind));
      const [, tokens, maximum] = /^prompt is too long: (\d+) tokens > (\d+) maximum\. /.exec(message) ?? [];
      expect(Number(tokens)).to.equal(Number(maximum) + 1);
      expect(message).to.include('Your input exceeds');
    });

    it(`has the figure of the provider before ours, ${kind}`, async () => {
      answer = failure({ message: 'Range of input length should be [1, 128000]' });
      expect(await messageOf(await ask(`${kind}20`))).to.match(
        /^prompt is too long: 128001 tokens > 128000 maximum\. /,
      );
      answer = failure({ message: 'Input length 130000 exceeds the maximum allowed input length of 128000 tokens.' });
      expect(await messageOf(await ask(`${kind}20`))).to.match(/^prompt is too long: 130000 tokens > 128000 maximum/);
    });

    it(`is 400 whatever the status was, ${kind}`, async () => {
      answer = failure({ message: 'no', code: 'context_length_exceeded' }, 413);
      expect(await messageOf(await ask(kind))).to.match(/^prompt is too long: \d+ tokens > \d+ maximum/);
      answer = { status: 413, body: 'failed to parse request\n' };
      expect(await messageOf(await ask(kind))).to.match(/^prompt is too long: \d+ tokens > \d+ maximum/);
    });

    it(`is read out of an empty answer where the window is nearly full, ${kind}`, async () => {
      const messages = [{ role: 'user', content: LONG }];
      answer = { status: 413, body: '' };
      expect(await messageOf(await ask(`${kind}20`, { messages }))).to.match(
        /^prompt is too long: \d+ tokens > 20000 maximum$/,
      );
      expect((await ask(`${kind}20`)).status).to.equal(413);
      expect((await ask(kind, { messages })).status).to.equal(413);
    });
  }

  it('is told in the other sentence when only the answer is too long, also where bytes are passed on', async () => {
    const text =
      '`inputs` tokens + `max_new_tokens` must be <= 8192. Given: 5000 `inputs` tokens and 4000 `max_new_tokens`';
    answer = failure({ message: text }, 422);
    expect(await messageOf(await ask('own'))).to.match(
      /^input length and `max_tokens` exceed context limit: 5000 \+ 4000 > 8192\. /,
    );
  });

  for (const text of [
    'prompt is too long: 208310 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000, decrease input length or `max_tokens`',
  ]) {
    it(`is passed on byte for byte where it is worded for clients: ${text.slice(0, 30)}`, async () => {
      const raw = `{ "type":"error",  "error":{"type":"invalid_request_error","message":${JSON.stringify(text)}},"more":1,  "request_id":"theirs"}`;
      answer = { status: 400, body: raw, type: 'application/json' };
      const response = await ask('own20');
      expect(response.status).to.equal(400);
      expect(await response.text()).to.equal(raw);
    });
  }

  it('is told inside a stream in the same words', async () => {
    const error = { type: 'error', error: { type: 'invalid_request_error', message: 'Prompt exceeds max length' } };
    answer = { status: 200, body: sse(error), type: 'text/event-stream' };
    expect(await messageOf(await ask('own', { stream: true }))).to.match(
      /^prompt is too long: \d+ tokens > \d+ maximum/,
    );
    answer = { status: 200, body: sse(START, OPEN, error), type: 'text/event-stream' };
    const response = await ask('own', { stream: true });
    expect(response.status).to.equal(200);
    const last = eventsOf(await response.text()).at(-1);
    expect(last)
      .to.have.nested.property('error.message')
      .that.matches(/^prompt is too long: \d+ tokens > \d+ maximum/);
  });

  it('has nothing to do with a provider that is down: 503 stays 503', async () => {
    answer = failure({ message: 'no healthy upstream' }, 503);
    expect((await ask('chat')).status).to.equal(503);
    answer = failure({ message: 'busy', type: 'engine_overloaded_error' }, 429);
    expect((await ask('chat')).status).to.equal(529);
  });
});

import { expect } from 'chai';
import { sealState } from '@claudex/sdk/codec';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../../support/recording-server.ts';
import { scriptedProtocol } from '../../support/scripted-chat-protocol.ts';
import { waitUntil } from '../../support/wait-until.ts';

interface Sent {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly thinking?: unknown;
  readonly [field: string]: unknown;
}

const ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'Hello.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};
const COMPLETION = {
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
};
const INVALID = {
  request_id: 'theirs',
  type: 'error',
  error: { type: 'invalid_request_error', message: 'messages.1.content.0: Invalid `signature` in `thinking` block' },
};

const said = (text: string): object => ({ role: 'user', content: text });
const thought = (signature: string, ...more: object[]): object => ({
  role: 'assistant',
  content: [
    { type: 'thinking', thinking: 'Hm.', signature },
    { type: 'redacted_thinking', data: `r${signature}` },
    ...more,
  ],
});
const TEXT = { type: 'text', text: 'Yes.' };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'Read', input: {} };
const RESULT = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' }] };

describe('state of earlier turns that is refused', () => {
  let upstream: RecordingServer<Sent>;
  let proxy: TestProxy;
  /** What the provider refuses to see anywhere in a body. */
  let refusedText: string;
  let failure: object;

  beforeEach(async () => {
    refusedText = 'old';
    failure = INVALID;
    upstream = await startRecordingServer<Sent>((request, response) => {
      const isChat = request.url.includes('chat');
      if (!request.raw.includes(refusedText)) return sendWhole(response, 200, isChat ? COMPLETION : ANSWER);
      return sendWhole(response, 400, isChat ? { ...failure, refused: { part: 'state' } } : failure);
    });
    const profile = (name: string, type: string, path: string): string =>
      `[[profiles]]\nname = "${name}"\nprovider_type = "${type}"\nbase_url = "${upstream.url}${path}"\ndefault_model = "m"\n`;
    proxy = await startTestProxy(profile('own', 'DirectAnthropic', '') + profile('chat', 'Scripted', '/v1'), {
      protocols: [scriptedProtocol()],
    });
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
    expect(upstream.failures).to.deep.equal([]);
  });

  const ask = (profile: string, messages: readonly object[], more: object = {}): Promise<Response> =>
    proxy.post(`/proxy/${profile}/v1/messages`, question({ messages, ...more }));

  async function expectAttempts(response: Response, attempts: number): Promise<void> {
    expect(response.status).to.equal(200);
    expect(response.headers.get('x-claudex-attempts')).to.equal(String(attempts));
    await response.text();
  }

  const lastBody = (): Sent | undefined => upstream.requests.at(-1)?.body;

  async function losses(exchanges: number): Promise<unknown[]> {
    const lines = () => proxy.log.filter((line) => line.event === 'exchange');
    await waitUntil('the log', () => lines().length === exchanges);
    return lines().map((line) => line['losses']);
  }

  it('is left out of passed bytes once, and from then on before anything is sent', async () => {
    const first = [said('a'), thought('old1', TEXT), said('b')];
    await expectAttempts(await ask('own', first), 2);
    expect(lastBody()?.messages).to.deep.equal([said('a'), { role: 'assistant', content: [TEXT] }, said('b')]);
    await expectAttempts(await ask('own', [...first, thought('new1', TEXT), said('c')]), 1);
    expect(lastBody()?.messages).to.deep.equal([
      said('a'),
      { role: 'assistant', content: [TEXT] },
      said('b'),
      thought('new1', TEXT),
      said('c'),
    ]);
    await expectAttempts(await ask('own', [said('a')]), 1);
    const [one, two, three] = await losses(3);
    for (const counted of [one, two]) expect(counted).to.deep.equal({ refused_state: 1 });
    expect(three).to.deep.equal({});
  });

  it('takes a turn along that had nothing else, and switches reasoning off amid tools', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1024 };
    await expectAttempts(await ask('own', [said('a'), thought('old1'), said('b')], { thinking }), 2);
    expect(lastBody()).to.deep.include({ messages: [said('a'), said('b')], thinking });
    await expectAttempts(await ask('own', [said('a'), thought('old2', CALL), RESULT], { thinking }), 2);
    expect(lastBody()?.thinking).to.deep.equal({ type: 'disabled' });
    const adaptive = { type: 'adaptive' };
    await expectAttempts(await ask('own', [said('a'), thought('old3', CALL), RESULT], { thinking: adaptive }), 2);
    expect(lastBody()?.thinking).to.deep.equal(adaptive);
  });

  it('is mended once: what is refused again, or has no state, is told as it is', async () => {
    const raw = JSON.stringify(INVALID);
    for (const messages of [[said('old')], [said('old'), thought('x', TEXT), said('b')]]) {
      const response = await ask('own', messages);
      expect(response.status).to.equal(400);
      expect(await response.text()).to.equal(raw);
    }
    expect(upstream.requests).to.have.length(3);
    // Nothing is learnt from a request that failed all the same.
    refusedText = 'nothing';
    await expectAttempts(await ask('own', [said('a'), thought('x', TEXT), said('b')]), 1);
    expect(lastBody()?.messages).to.have.length(3).and.deep.include(thought('x', TEXT));
  });

  it('is not left out twice: the very same bytes are not sent again', async () => {
    await expectAttempts(await ask('own', [said('a'), thought('old1', TEXT), said('b')]), 2);
    const again = await ask('own', [said('old'), thought('old1', TEXT), said('b')]);
    expect(again.status).to.equal(400);
    expect(upstream.requests).to.have.length(3);
  });

  it('is all that is mended in passed bytes', async () => {
    const messages = [said('a'), thought('old1', TEXT), said('b')];
    for (const message of ['top_k: Extra inputs are not permitted', 'max_tokens: 100 > 50, which is the maximum']) {
      failure = { type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'theirs' };
      const response = await ask('own', messages, { top_k: 1 });
      expect(response.status).to.equal(400);
      expect(await response.json()).to.deep.equal(failure);
    }
    expect(upstream.requests).to.have.length(2);
  });

  it('is forgotten by nobody where requests are translated', async () => {
    const signature = sealState(
      { protocol: 'openai-chat', origin: `${upstream.url}/v1`, model: 'm' },
      { field: 'reasoning_content' },
    );
    // Plain reasoning has the same state in every block; only with its text is it the one that was refused.
    const reasoned = (thinking: string): object => ({
      role: 'assistant',
      content: [{ type: 'thinking', thinking, signature }, TEXT],
    });
    const first = [said('a'), reasoned('old'), said('b')];
    await expectAttempts(await ask('chat', first), 2);
    await expectAttempts(await ask('chat', [...first, reasoned('good'), said('c')]), 1);
    expect(upstream.requests.at(-1)?.raw).to.include('good').and.not.include('old');
    for (const counted of await losses(2)) expect(counted).to.include({ refused_state: 1 });
  });
});

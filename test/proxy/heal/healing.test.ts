import { expect } from 'chai';
import type { Refusal } from '@claudex/sdk';
import { question, startTestProxy, type TestProxy } from '../../support/proxy.ts';
import type { RecordingServer } from '../../support/recording-server.ts';
import { scriptedProtocol, type ScriptedProtocol } from '../../support/scripted-chat-protocol.ts';
import {
  startChatUpstream,
  type ChatRequest,
  type ChatScript,
  type ScriptedRefusal,
} from '../../support/scripted-chat-upstream.ts';
import { waitUntil } from '../../support/wait-until.ts';

const PATH = '/proxy/p/v1/messages';
const TOOLS = ['Read', 'Bad'].map((name) => ({ name, input_schema: { type: 'object' } }));

const refuse = (refused: Refusal, status = 400): ScriptedRefusal => ({
  status,
  body: { error: { message: 'This is not supported.' }, refused },
});
const field = (name: string): Refusal => ({ part: 'field', name });

describe('mending a request that was refused', () => {
  let upstream: RecordingServer<ChatRequest>;
  let protocol: ScriptedProtocol;
  let proxy: TestProxy;
  let script: ChatScript;

  beforeEach(async () => {
    script = () => ({ text: 'Hello.' });
    upstream = await startChatUpstream((body, n) => script(body, n));
    protocol = scriptedProtocol();
    proxy = await startTestProxy(
      `[[profiles]]\nname = "p"\nprovider_type = "Scripted"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\n`,
      { protocols: [protocol] },
    );
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
    expect(upstream.failures).to.deep.equal([]);
  });

  /** The losses of the exchanges so far, as the log has them. */
  async function losses(exchanges: number): Promise<unknown[]> {
    const lines = () => proxy.log.filter((line) => line.event === 'exchange');
    await waitUntil('the log', () => lines().length === exchanges);
    return lines().map((line) => line['losses']);
  }

  for (const stream of [false, true]) {
    const how = stream ? 'streaming' : 'not streaming';

    it(`leaves a field out that is refused, and remembers it, ${how}`, async () => {
      script = (body) => ('temperature' in body ? refuse(field('temperature')) : { text: 'Hello.' });
      const body = question({ stream, temperature: 0.5, top_p: 0.5 });
      const first = await proxy.post(PATH, body);
      expect(first.status).to.equal(200);
      expect(first.headers.get('x-claudex-attempts')).to.equal('2');
      expect(await first.text()).to.contain('Hello.');
      expect(upstream.requests[1]?.body).to.include({ top_p: 0.5 }).and.not.have.property('temperature');
      const second = await proxy.post(PATH, body);
      expect(second.headers.get('x-claudex-attempts')).to.equal('1');
      await second.text();
      for (const counted of await losses(2)) expect(counted).to.include({ refused_field: 1 });
    });

    it(`leaves a tool out that is refused, and remembers it, ${how}`, async () => {
      const isBad = (tool: { readonly function: { readonly name: string } }): boolean => tool.function.name === 'Bad';
      script = (body) =>
        body.tools?.some(isBad) === true ? refuse({ part: 'tool', name: 'Bad' }) : { text: 'Hello.' };
      for (const attempts of ['2', '1']) {
        const response = await proxy.post(PATH, question({ stream, tools: TOOLS }));
        expect(response.headers.get('x-claudex-attempts')).to.equal(attempts);
        await response.text();
      }
      expect(upstream.requests[2]?.body.tools?.map((tool) => tool.function.name)).to.deep.equal(['Read']);
      for (const counted of await losses(2)) expect(counted).to.include({ quarantined_tool: 1 });
      expect(protocol.decoded.at(-1)?.quarantinedTools).to.deep.equal(['Bad']);
    });
  }

  it('mends what a stream refuses before it has said anything', async () => {
    script = (body) =>
      'temperature' in body
        ? { status: 200, body: `data: ${JSON.stringify(refuse(field('temperature')).body)}\n\n` }
        : { text: 'Hello.' };
    const response = await proxy.post(PATH, question({ stream: true, temperature: 0.5 }));
    expect(response.status).to.equal(200);
    expect(response.headers.get('x-claudex-attempts')).to.equal('2');
    expect(await response.text())
      .to.contain('Hello.')
      .and.not.contain('error');
  });

  it('sends no state that is refused, but still seals what comes back', async () => {
    const sent: (string | undefined)[] = [];
    const encodeRequest = protocol.encodeRequest.bind(protocol);
    // The body has to differ, as it would if state were in it.
    protocol.encodeRequest = (context) => {
      sent.push(context.origin);
      const { body, losses: own } = encodeRequest(context);
      return { body: context.origin === undefined ? body : { ...body, state: 'sealed' }, losses: own };
    };
    script = (body) => ('state' in body ? refuse({ part: 'state' }) : { text: 'Hello.' });
    for (let round = 0; round < 2; round += 1) {
      const response = await proxy.post(PATH, question());
      expect(response.headers.get('x-claudex-attempts'), 'state is not remembered').to.equal('2');
    }
    expect(sent).to.deep.equal([`${upstream.url}/v1`, undefined, `${upstream.url}/v1`, undefined]);
    expect(protocol.decoded.map(({ origin }) => origin)).to.deep.equal([`${upstream.url}/v1`, `${upstream.url}/v1`]);
    for (const counted of await losses(2)) expect(counted).to.include({ refused_state: 1 });
  });

  it('asks for a shorter answer where the provider says how long it may be, and remembers that', async () => {
    script = (body) =>
      Number(body['max_tokens']) > 16_384 ? refuse({ part: 'output-limit', maximum: 16_384 }) : { text: 'Hello.' };
    const thinking = { type: 'enabled', budget_tokens: 31_999 };
    for (const attempts of ['2', '1']) {
      const response = await proxy.post(PATH, question({ max_tokens: 32_000, thinking }));
      expect(response.headers.get('x-claudex-attempts')).to.equal(attempts);
      expect(upstream.requests.at(-1)?.body['max_tokens']).to.equal(16_384);
    }
    expect(protocol.encoded.at(-1)?.request.thinking).to.deep.equal({ type: 'enabled', budget_tokens: 16_383 });
    await proxy.post(PATH, question({ max_tokens: 100 }));
    expect(upstream.requests.at(-1)?.body['max_tokens']).to.equal(100);
    const [first, second, third] = await losses(3);
    for (const counted of [first, second]) expect(counted).to.include({ max_tokens: 1 });
    expect(third).not.to.have.property('max_tokens');
  });

  it('does not repeat a request that asks for no more than it may', async () => {
    script = () => refuse({ part: 'output-limit', maximum: 16_384 });
    expect((await proxy.post(PATH, question())).status).to.equal(400);
    expect(upstream.requests).to.have.length(1);
  });

  it('finds a tool that the provider only counted', async () => {
    const isBad = (tool: { readonly function: { readonly name: string } }): boolean => tool.function.name === 'Bad';
    script = (body) => {
      const index = body.tools?.findIndex(isBad) ?? -1;
      return index < 0 ? { text: 'Hello.' } : refuse({ part: 'tool', index });
    };
    for (const attempts of ['2', '1']) {
      const response = await proxy.post(PATH, question({ tools: TOOLS }));
      expect(response.headers.get('x-claudex-attempts')).to.equal(attempts);
    }
    expect(upstream.requests.at(-1)?.body.tools?.map((tool) => tool.function.name)).to.deep.equal(['Read']);
    script = () => refuse({ part: 'tool', index: 7 });
    expect((await proxy.post(PATH, question({ tools: TOOLS }))).status).to.equal(400);
  });

  it('sends at most four times', async () => {
    const names = ['temperature', 'top_p', 'stop', 'max_tokens'];
    script = (_body, n) => refuse(field(names[n] ?? ''));
    const response = await proxy.post(PATH, question({ temperature: 0.5, top_p: 0.5, stop_sequences: ['x'] }));
    expect(response.status).to.equal(400);
    expect(response.headers.get('x-claudex-attempts')).to.equal('4');
    expect(upstream.requests).to.have.length(4);
    // The next request begins where this one ended.
    script = () => ({ text: 'Hello.' });
    await proxy.post(PATH, question({ temperature: 0.5, top_p: 0.5, stop_sequences: ['x'] }));
    expect(upstream.requests.at(-1)?.body).not.to.have.any.keys('temperature', 'top_p', 'stop');
  });

  it('does not take what one prompt leaves for the limit of all', async () => {
    script = (body) =>
      Number(body['max_tokens']) > 1500
        ? refuse({ part: 'output-limit', maximum: 1500, ofThisPrompt: true })
        : { text: 'Hello.' };
    expect((await proxy.post(PATH, question({ max_tokens: 4000 }))).status).to.equal(200);
    script = () => ({ text: 'Hello.' });
    await proxy.post(PATH, question({ max_tokens: 4000 }));
    expect(upstream.requests.at(-1)?.body['max_tokens']).to.equal(4000);
  });

  it('remembers nothing of a request that failed all the same', async () => {
    script = (_body, n) =>
      n === 0 ? refuse(field('temperature')) : n === 1 ? { status: 400, body: {} } : { text: 'x' };
    await proxy.post(PATH, question({ temperature: 0.5 }));
    await proxy.post(PATH, question({ temperature: 0.5 }));
    expect(upstream.requests[2]?.body).to.have.property('temperature');
  });

  it('keeps models apart', async () => {
    script = (body) =>
      body.model === 'a' && 'temperature' in body ? refuse(field('temperature')) : { text: 'Hello.' };
    await proxy.post(PATH, question({ model: 'a', temperature: 0.5 }));
    await proxy.post(PATH, question({ model: 'b', temperature: 0.5 }));
    expect(upstream.requests.at(-1)?.body).to.have.property('temperature');
  });

  for (const name of ['model', 'messages', 'input', 'stream', 'tools', 'no_such_field']) {
    it(`does not repeat a request for the sake of ${name}`, async () => {
      script = () => refuse(field(name), 422);
      const response = await proxy.post(PATH, question({ stream: true, tools: TOOLS }));
      expect(response.status).to.equal(422);
      expect(await response.json()).to.have.nested.property('error.type', 'invalid_request_error');
      expect(upstream.requests).to.have.length(1);
    });
  }
});

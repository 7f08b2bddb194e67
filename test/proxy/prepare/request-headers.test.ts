import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type { JsonObject, Provider, RequestTraits } from '@claudex/sdk';
import { expect } from 'chai';
import { traitsOf, traitsOfBytes, type ConversationTraits } from '../../../src/proxy/prepare/request-headers.ts';
import { question, startTestProxy } from '../../support/proxy.ts';
import { startAnthropicUpstream } from '../../support/scripted-anthropic-upstream.ts';
import { startChatUpstream } from '../../support/scripted-chat-upstream.ts';

const IMAGE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } };
const CALL = { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'look', input: { kind: 'x' } }] };
const result = (content: unknown = 'done') => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: 'c1', content }],
});
const SAID = { role: 'assistant', content: [{ type: 'text', text: 'There it is.' }] };
const ASKED = { role: 'user', content: 'Look.' };

/** What is found in a conversation that was read; the bytes must say the same, however they are spaced. */
function traits(messages: readonly unknown[]): ConversationTraits {
  const body = { model: 'm', max_tokens: 1, messages } as unknown as JsonObject;
  const request = anthropicMessages.client?.decodeRequest(body, { betas: [] });
  const read = request && traitsOf(request);
  for (const space of [undefined, 2])
    expect(traitsOfBytes(Buffer.from(JSON.stringify(messages, null, space)))).to.deep.equal(read);
  return read as ConversationTraits;
}

describe('headers that depend on the request', () => {
  it('know a picture in a message and in what a tool found', () => {
    expect(traits([ASKED]).hasImages).to.equal(false);
    expect(traits([{ role: 'user', content: [IMAGE] }]).hasImages).to.equal(true);
    expect(traits([ASKED, CALL, result([IMAGE])]).hasImages).to.equal(true);
    const text = 'not {"type": "image"} nor "image"';
    expect(traits([{ role: 'user', content: text }, SAID, ASKED]).hasImages).to.equal(false);
  });

  it('know whether the conversation goes on after results of tools', () => {
    expect(traits([ASKED]).followsTools).to.equal(false);
    expect(traits([ASKED, CALL, result()]).followsTools).to.equal(true);
    expect(traits([ASKED, CALL, result(), SAID, ASKED]).followsTools).to.equal(false);
    const quoted = { role: 'user', content: 'is {"type":"tool_result"} a block?' };
    expect(traits([ASKED, SAID, quoted]).followsTools).to.equal(false);
    expect(traits([ASKED, CALL, result(), ASKED]).followsTools, 'a word of the user after them').to.equal(false);
    const reminder = { role: 'system', content: 'It is late.' };
    expect(traits([ASKED, CALL, result(), reminder]).followsTools).to.equal(true);
    const mixed = { role: 'user', content: [...result().content, { type: 'text', text: 'By the way.' }] };
    expect(traits([ASKED, CALL, mixed]).followsTools).to.equal(true);
  });

  it('do not depend on the order of fields', () => {
    const turned = (messages: readonly { role: string; content: unknown }[]) =>
      messages.map(({ role, content }) => ({ content, role }));
    expect(traits(turned([ASKED, CALL, result()])).followsTools).to.equal(true);
    expect(traits(turned([ASKED, CALL, result(), SAID, ASKED])).followsTools).to.equal(false);
    expect(traits(turned([result()])).followsTools).to.equal(true);
    expect(traits([{ role: 'system', content: 'Be kind.' }]).followsTools).to.equal(false);
    expect(traitsOfBytes(Buffer.from('[]'))).to.deep.equal({ hasImages: false, followsTools: false });
  });

  for (const protocol of ['anthropic-messages', 'openai-chat'])
    it(`are sent with requests for answers in ${protocol}, and with nothing else`, async () => {
      await using upstream = await upstreamOf(protocol);
      const seen: RequestTraits[] = [];
      const provider: Provider = {
        specVersion: 1,
        id: 'acme',
        title: 'Acme',
        protocol,
        baseUrl: upstream.url,
        needsCredential: false,
        models: { default: 'm' },
        headers: { 'x-initiator': 'nobody' },
        quirks: { sessionHeader: 'x-session-affinity' },
        requestHeaders(found) {
          seen.push(found);
          return { 'x-initiator': found.followsTools ? 'agent' : 'user' };
        },
      };
      await using proxy = await startTestProxy('[[profiles]]\nname = "p"\nprovider = "acme"\n', {
        providers: [provider],
      });
      const headers = { 'x-claude-code-session-id': 'the-session' };
      const path = '/proxy/p/v1/messages';
      await (await proxy.post(path, question({ messages: [ASKED, CALL, result([IMAGE])] }), headers)).text();
      await (await proxy.post(path, question())).text();
      await (await proxy.post(`${path}/count_tokens`, question(), headers)).text();
      const [first, second, counted] = upstream.requests;
      expect(first?.headers['x-initiator']).to.equal('agent');
      expect(first?.headers['x-session-affinity']).to.match(/^[0-9a-f]{32}$/);
      expect(second?.headers).to.include({ 'x-initiator': 'user' }).and.not.have.property('x-session-affinity');
      if (protocol === 'anthropic-messages')
        expect(counted?.headers).to.include({ 'x-initiator': 'nobody' }).and.not.have.property('x-session-affinity');
      else expect(counted).to.equal(undefined);
      const session = first?.headers['x-session-affinity'];
      expect(seen).to.deep.equal([
        { model: 'm', session, hasImages: true, followsTools: true },
        { model: 'm', hasImages: false, followsTools: false },
      ]);
    });
});

async function upstreamOf(protocol: string) {
  const upstream =
    protocol === 'openai-chat'
      ? await startChatUpstream(() => ({ text: 'hello' }))
      : await startAnthropicUpstream(() => [{ type: 'text', text: 'hello' }]);
  return { ...upstream, [Symbol.asyncDispose]: () => upstream.close() };
}

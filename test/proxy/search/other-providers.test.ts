import { expect } from 'chai';
import { startTestProxy } from '../../support/proxy.ts';
import { sendWhole, startRecordingServer } from '../../support/recording-server.ts';
import { saying, startResponsesUpstream } from './support/responses-upstream.ts';
import {
  ask,
  clientOf,
  searchingFor,
  startResponsesProxy,
  startSearching,
  WEB_SEARCH,
  wiki,
} from './support/searching.ts';

const REASONING = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed-by-the-provider' };
const CALL = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'web_search',
  arguments: '{"query":"cup"}',
  status: 'completed',
};

for (const stream of [true, false]) {
  describe(`a search over Responses, ${stream ? 'streamed' : 'whole'}`, () => {
    it('is answered by a plugin, and the provider gets its reasoning back between the rounds', async () => {
      const upstream = await startResponsesUpstream((n) => (n === 0 ? [REASONING, CALL] : [saying('The reds.')]));
      await using proxy = await startResponsesProxy(upstream.url, { searches: [wiki()] });
      const message = await ask(clientOf(proxy), stream);
      const types = message.content.map(({ type }) => type);
      expect(types).to.include.members(['server_tool_use', 'web_search_tool_result']);
      expect(message.content.at(-1)).to.include({ text: 'The reds.' });
      expect(message.usage).to.include({ input_tokens: 100, output_tokens: 10 });
      const [first, second] = upstream.requests.map(({ body }) => body);
      expect(first?.tools).to.have.length(1);
      expect(first?.tools?.[0]).to.include({ type: 'function', name: 'web_search' });
      const [, reasoning, call, output] = second?.input ?? [];
      expect(reasoning).to.include({ type: 'reasoning', encrypted_content: 'sealed-by-the-provider' });
      expect(call).to.include({ type: 'function_call', call_id: 'call_1' });
      expect(output).to.include({ type: 'function_call_output', call_id: 'call_1' });
      expect(JSON.stringify(output)).to.contain('The reds won.');
      // The next turn says all of it again, with the state that belongs to the call.
      const messages = [
        { role: 'user', content: 'Who won the cup?' },
        { role: 'assistant', content: message.content as never },
        { role: 'user', content: 'Sure?' },
      ] as const;
      await ask(clientOf(proxy), stream, { messages: [...messages] });
      expect(upstream.requests[2]?.body.input.slice(0, 4)).to.deep.equal(second?.input);
      await upstream.close();
    });

    it('is left to a provider that can search', async () => {
      const upstream = await startResponsesUpstream(() => [saying('The reds.')]);
      const search = wiki();
      const settings = '[profiles.quirks]\nwebSearch = "tool"\n';
      await using proxy = await startResponsesProxy(upstream.url, { searches: [search], settings });
      const { content } = await ask(clientOf(proxy), stream);
      expect(content.map(({ type }) => type)).to.deep.equal(['text']);
      expect(upstream.requests[0]?.body.tools).to.deep.equal([{ type: 'web_search' }]);
      expect(search.asked).to.deep.equal([]);
      await upstream.close();
    });

    it('is unavailable where nobody can search', async () => {
      const upstream = await startResponsesUpstream(() => [saying('I cannot.')]);
      await using proxy = await startResponsesProxy(upstream.url);
      const { content } = await ask(clientOf(proxy), stream);
      expect(content.map(({ type }) => type)).to.deep.equal(['server_tool_use', 'web_search_tool_result', 'text']);
      expect(upstream.requests[0]?.body).not.to.have.property('tools');
      await upstream.close();
    });
  });

  describe(`a search where client and provider disagree about streaming, ${stream ? 'streamed' : 'whole'}`, () => {
    for (const streaming of ['only', 'never']) {
      const settings = `[profiles.quirks]\nstreaming = "${streaming}"\n`;

      it(`is answered by a plugin in front of a provider that streams ${streaming}`, async () => {
        await using chat = await startSearching((_body, n) => (n === 0 ? searchingFor('a') : { text: 'Done.' }), {
          searches: [wiki()],
          settings,
        });
        const { content } = await chat.ask(stream);
        expect(content.map(({ type }) => type)).to.deep.equal([
          'text',
          'server_tool_use',
          'web_search_tool_result',
          'text',
        ]);
        expect(chat.bodies().map((body) => body.stream ?? false)).to.deep.equal(Array(2).fill(streaming === 'only'));
      });

      it(`is unavailable in front of a provider that streams ${streaming}`, async () => {
        await using chat = await startSearching(() => ({ text: 'I cannot.' }), { settings });
        const { content } = await chat.ask(stream);
        expect(content.map(({ type }) => type)).to.deep.equal(['server_tool_use', 'web_search_tool_result', 'text']);
      });
    }
  });
}

describe('a client that speaks to its own provider', () => {
  it('has its searches passed on, whatever is installed', async () => {
    const search = wiki();
    const vendor = await startRecordingServer<{ tools: unknown }>((_request, response) =>
      sendWhole(response, 200, { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], usage: {} }),
    );
    await using proxy = await startTestProxy(
      `[[profiles]]\nname = "p"\nbase_url = "${vendor.url}"\ndefault_model = "m"\n`,
      { searches: [search] },
    );
    await ask(clientOf(proxy), false);
    expect(vendor.requests[0]?.body.tools).to.deep.equal([WEB_SEARCH]);
    expect(search.asked).to.deep.equal([]);
    await vendor.close();
  });
});

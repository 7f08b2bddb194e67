import { expect } from 'chai';
import type Anthropic from '@anthropic-ai/sdk';
import { chatChunks } from '../../support/chat-answers.ts';
import { question, startTestProxy } from '../../support/proxy.ts';
import { startRecordingServer } from '../../support/recording-server.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { READ, startSearching, WEB_FETCH, WEB_SEARCH, wiki } from './support/searching.ts';

const ANSWER = { text: 'I cannot look that up.' };
const FAILED = { type: 'web_search_tool_result_error', error_code: 'unavailable' };

for (const stream of [true, false]) {
  describe(`a search that nobody can answer, ${stream ? 'streamed' : 'whole'}`, () => {
    it('begins the answer with a call and its failure, and the model answers without', async () => {
      await using chat = await startSearching(() => ANSWER);
      const message = await chat.ask(stream);
      const [call, result, text] = message.content;
      if (call?.type !== 'server_tool_use' || result?.type !== 'web_search_tool_result') expect.fail();
      expect(call).to.deep.include({ name: 'web_search', input: { query: 'Who won the cup?' } });
      expect(call.id).to.match(/^srvtoolu_claudex_/);
      expect(result).to.deep.include({ tool_use_id: call.id, content: FAILED });
      expect(text).to.include(ANSWER);
      expect(message.content).to.have.length(3);
      expect(message.stop_reason).to.equal('end_turn');
      expect(chat.bodies()).to.have.length(1);
      expect(chat.bodies()[0]).not.to.have.any.keys('tools', 'tool_choice');
    });

    it('is only left out beside tools of the client', async () => {
      await using chat = await startSearching(() => ANSWER);
      const { content } = await chat.ask(stream, { tools: [WEB_SEARCH, READ] });
      expect(content.map(({ type }) => type)).to.deep.equal(['text']);
      expect(chat.bodies()[0]?.tools?.map((tool) => tool.function.name)).to.deep.equal(['Read']);
    });

    it('is told where it is demanded beside tools of the client', async () => {
      await using chat = await startSearching(() => ANSWER);
      const choice: Anthropic.ToolChoice = { type: 'tool', name: 'web_search' };
      const { content } = await chat.ask(stream, { tools: [WEB_SEARCH, READ], tool_choice: choice });
      expect(content.map(({ type }) => type)).to.deep.equal(['server_tool_use', 'web_search_tool_result', 'text']);
    });

    it('is not told where no tool may be called', async () => {
      await using chat = await startSearching(() => ANSWER);
      const { content } = await chat.ask(stream, { tool_choice: { type: 'none' } });
      expect(content.map(({ type }) => type)).to.deep.equal(['text']);
    });

    it('names the address where a page was to be read, and nothing where there is none', async () => {
      await using chat = await startSearching(() => ANSWER, { searches: [wiki()] });
      for (const [said, input] of [
        ['Read (https://example.org/a?b=c) for me', { url: 'https://example.org/a?b=c' }],
        ['Read it', {}],
      ] as const) {
        const messages: Anthropic.MessageParam[] = [{ role: 'user', content: said }];
        const { content } = await chat.ask(stream, { tools: [WEB_FETCH], messages });
        expect(content[0]).to.deep.include({ type: 'server_tool_use', name: 'web_fetch', input });
        expect(content[1]).to.deep.include({
          type: 'web_fetch_tool_result',
          content: { type: 'web_fetch_tool_result_error', error_code: 'unavailable' },
        });
      }
    });

    it('does not hide a failure of the provider', async () => {
      await using chat = await startSearching(() => ({ status: 429, body: { error: { message: 'Slow down.' } } }));
      const response = await chat.proxy.post('/proxy/p/v1/messages', question({ stream, tools: [WEB_SEARCH] }));
      expect(response.status).to.equal(429);
    });

    it('is told as text in the next turn', async () => {
      await using chat = await startSearching(() => ANSWER);
      const { content } = await chat.ask(stream);
      const messages: Anthropic.MessageParam[] = [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: content as never },
        { role: 'user', content: 'y' },
      ];
      await chat.ask(stream, { messages });
      expect(JSON.stringify(chat.bodies()[1]?.messages)).to.contain('The web search failed: unavailable.');
    });
  });
}

describe('the notice that nobody can search', () => {
  it('says at most 400 characters of what the user said, and no half one', async () => {
    await using chat = await startSearching(() => ANSWER);
    const said = `${'a'.repeat(399)}😀${'b'.repeat(50)}`;
    const { content } = await chat.ask(true, { messages: [{ role: 'user', content: said }] });
    expect(content[0]).to.have.deep.property('input', { query: 'a'.repeat(399) });
  });

  it('is counted as a loss', async () => {
    await using chat = await startSearching(() => ANSWER);
    await chat.ask(true);
    const line = await waitUntil('the log', () => chat.proxy.log.find(({ event }) => event === 'exchange'));
    expect(line['losses']).to.deep.equal({ server_tool: 1 });
  });

  it('lets the answer come piece by piece', async () => {
    const rest = Promise.withResolvers<void>();
    const upstream = await startRecordingServer(async (_request, response) => {
      const [role, first, ...others] = chatChunks('m', { text: 'A first piece and a second.' }, 0).map(
        (chunk) => `data: ${JSON.stringify(chunk)}\n\n`,
      );
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`${role}${first}`);
      await rest.promise;
      response.end(others.join(''));
    });
    await using proxy = await startTestProxy(
      `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}"\ndefault_model = "m"\n`,
    );
    const response = await proxy.post('/proxy/p/v1/messages', question({ stream: true, tools: [WEB_SEARCH] }));
    let seen = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      seen += decoder.decode(piece, { stream: true });
      // The rest is sent only after the first piece was seen.
      if (seen.includes('A first piec')) rest.resolve();
    }
    expect(seen.indexOf('unavailable')).to.be.greaterThan(0).and.lessThan(seen.indexOf('A first piec'));
    expect(seen).to.contain('message_stop');
    await upstream.close();
  });
});

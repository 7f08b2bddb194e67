import { expect } from 'chai';
import { eventsOf, question } from '../../support/proxy.ts';
import { contentText, toolResults } from '../../support/scripted-chat-upstream.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { calling, READ, searchingFor, startSearching, WEB_SEARCH, wiki } from './support/searching.ts';

const PATH = '/proxy/p/v1/messages';
const ONE_SEARCH = (_body: unknown, n: number) => (n === 0 ? searchingFor('cup winner') : { text: 'The reds.' });

for (const stream of [true, false]) {
  describe(`a search that a plugin answers, ${stream ? 'streamed' : 'whole'}`, () => {
    it('is one message with genuine blocks', async () => {
      const search = wiki();
      await using chat = await startSearching(ONE_SEARCH, { searches: [search] });
      const message = await chat.ask(stream);
      expect(message.content.map(({ type }) => type)).to.deep.equal([
        'text',
        'server_tool_use',
        'web_search_tool_result',
        'text',
      ]);
      const [before, call, result, after] = message.content;
      expect(before).to.include({ text: 'Let me search.' });
      expect(call).to.deep.include({ name: 'web_search', input: { query: 'cup winner' } });
      expect(after).to.include({ text: 'The reds.' });
      if (call?.type !== 'server_tool_use' || result?.type !== 'web_search_tool_result') expect.fail();
      expect(call.id).to.match(/^srvtoolu_claudex[a-zA-Z0-9_]+$/);
      expect(result.tool_use_id).to.equal(call.id);
      const pages = Array.isArray(result.content) ? result.content : [];
      expect(pages.map(({ type, url, title, page_age: age }) => [type, url, title, age])).to.deep.equal([
        ['web_search_result', 'https://en.example.org/cup', 'About cup winner', '2 days ago'],
        ['web_search_result', 'https://other.example.com/', 'Another', null],
      ]);
      expect(message.stop_reason).to.equal('end_turn');
      expect(message.usage).to.include({ input_tokens: 200, output_tokens: 40 });
      expect(search.asked).to.deep.equal([{ query: 'cup winner', maxResults: 10 }]);
    });

    it('shows the model a function, and gives it what was found as plain text', async () => {
      await using chat = await startSearching(ONE_SEARCH, { searches: [wiki()] });
      await chat.ask(stream);
      const [first, second] = chat.bodies();
      expect(first?.tools?.map((tool) => tool.function.name)).to.deep.equal(['web_search']);
      expect(second?.tools).to.deep.equal(first?.tools);
      expect(second?.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool']);
      const [found] = toolResults(second ?? expect.fail()).values();
      expect(found).to.contain('About cup winner').and.to.contain('https://en.example.org/cup');
      expect(found).to.contain('2 days ago').and.to.contain('The reds won.');
    });

    it('runs several searches of one round, and several rounds', async () => {
      await using chat = await startSearching(
        (_body, n) => (n === 0 ? searchingFor('a', 'b') : n === 1 ? searchingFor('c') : { text: 'Done.' }),
        { searches: [wiki()] },
      );
      const { content } = await chat.ask(stream);
      const calls = content.flatMap((block) => (block.type === 'server_tool_use' ? [block] : []));
      expect(calls.map(({ input }) => input)).to.deep.equal([{ query: 'a' }, { query: 'b' }, { query: 'c' }]);
      const results = content.flatMap((block) => (block.type === 'web_search_tool_result' ? [block.tool_use_id] : []));
      expect(results).to.deep.equal(calls.map(({ id }) => id));
      expect(new Set(results).size).to.equal(3);
      expect(chat.bodies()).to.have.length(3);
    });

    it('demands a search only once', async () => {
      for (const choice of [{ type: 'any' }, { type: 'tool', name: 'web_search' }] as const) {
        await using chat = await startSearching(ONE_SEARCH, { searches: [wiki()] });
        await chat.ask(stream, { tool_choice: { ...choice, disable_parallel_tool_use: true } });
        const [first, second] = chat.bodies();
        expect(first?.['tool_choice']).not.to.equal('auto');
        expect(second?.['tool_choice']).to.equal('auto');
        expect(second?.['parallel_tool_calls']).to.equal(false);
      }
    });

    it('comes back to the model in the next turn as the call and the result that it was', async () => {
      await using chat = await startSearching(ONE_SEARCH, { searches: [wiki()] });
      const { content } = await chat.ask(stream);
      await chat.ask(stream, {
        messages: [
          { role: 'user', content: 'Who won the cup?' },
          { role: 'assistant', content: content as never },
          { role: 'user', content: 'Sure?' },
        ],
      });
      const [, second, third] = chat.bodies();
      expect(third?.messages.slice(0, 3)).to.deep.equal(second?.messages);
      expect(third?.messages.slice(3).map(({ role, content: said }) => [role, contentText(said)])).to.deep.equal([
        ['assistant', 'The reds.'],
        ['user', 'Sure?'],
      ]);
    });
  });
}

describe('the books of an answer with searches', () => {
  it('have all calls, all tokens and no loss', async () => {
    await using chat = await startSearching(ONE_SEARCH, { searches: [wiki()] });
    const response = await chat.proxy.post(PATH, question({ tools: [WEB_SEARCH] }));
    expect(response.headers.get('x-claudex-attempts')).to.equal('2');
    await response.text();
    const line = await waitUntil('the log', () => chat.proxy.log.find(({ event }) => event === 'exchange'));
    expect(line).to.deep.include({ stop_reason: 'end_turn', losses: {} });
    expect(line['usage']).to.include({ input_tokens: 200, output_tokens: 40 });
  });

  it('note a setting that the search does not have', async () => {
    await using chat = await startSearching(ONE_SEARCH, { searches: [wiki()] });
    const tool = { ...WEB_SEARCH, user_location: { type: 'approximate', city: 'Bonn' } };
    await (await chat.proxy.post(PATH, question({ tools: [READ, tool] }))).text();
    const line = await waitUntil('the log', () => chat.proxy.log.find(({ event }) => event === 'exchange'));
    expect(line['losses']).to.include({ web_search_setting: 1 }).and.not.have.property('server_tool');
  });

  it('count the blocks of a stream through, without a gap', async () => {
    await using chat = await startSearching(ONE_SEARCH, { searches: [wiki()] });
    const response = await chat.proxy.post(PATH, question({ tools: [WEB_SEARCH], stream: true }));
    const events = eventsOf(await response.text());
    expect(events.filter(({ type }) => type === 'message_start')).to.have.length(1);
    expect(events.filter(({ type }) => type === 'message_stop')).to.have.length(1);
    const starts = events.filter(({ type }) => type === 'content_block_start').map((event) => event['index']);
    expect(starts).to.deep.equal([0, 1, 2, 3]);
  });
});

describe('several plugins that can search', () => {
  it('are asked in the order of the registry: the first and no other', async () => {
    const [one, other] = [wiki({ id: 'aa' }), wiki({ id: 'zz' })];
    await using chat = await startSearching(ONE_SEARCH, { searches: [one, other] });
    await chat.ask(true);
    expect([one.asked.length, other.asked.length]).to.deep.equal([1, 0]);
  });
});

describe('a tool of the client beside a search', () => {
  const both = { text: 'Both.', toolCalls: [calling('web_search', { query: 'x' }), calling('Read', { path: 'a' })] };

  for (const stream of [true, false]) {
    it(`ends the message after the searches of its round, ${stream ? 'streamed' : 'whole'}`, async () => {
      await using chat = await startSearching(() => both, { searches: [wiki()] });
      const message = await chat.ask(stream, { tools: [WEB_SEARCH, READ] });
      expect(message.stop_reason).to.equal('tool_use');
      expect(message.content.map(({ type }) => type)).to.deep.equal([
        'text',
        'server_tool_use',
        'tool_use',
        'web_search_tool_result',
      ]);
      expect(chat.bodies()).to.have.length(1);
    });
  }

  it('is answered in the next turn together with what the search had found', async () => {
    await using chat = await startSearching((_body, n) => (n === 0 ? both : { text: 'Done.' }), { searches: [wiki()] });
    const { content } = await chat.ask(true, { tools: [WEB_SEARCH, READ] });
    const call = content.find(({ type }) => type === 'tool_use');
    if (call?.type !== 'tool_use') expect.fail();
    await chat.ask(true, {
      tools: [WEB_SEARCH, READ],
      messages: [
        { role: 'user', content: 'Who won the cup?' },
        { role: 'assistant', content: content as never },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'a file' }] },
      ],
    });
    const results = [...toolResults(chat.bodies()[1] ?? expect.fail()).values()];
    expect(results).to.have.length(2);
    expect(results[0]).to.contain('The reds won.');
    expect(results[1]).to.equal('a file');
  });

  it('keeps its name where it is called like the search', async () => {
    const search = wiki();
    await using chat = await startSearching(() => searchingFor('x'), { searches: [search] });
    const own = { name: 'web_search', description: 'My own.', input_schema: { type: 'object' as const } };
    const message = await chat.ask(true, { tools: [WEB_SEARCH, own] });
    expect(message.content.map(({ type }) => type)).to.deep.equal(['text', 'tool_use']);
    expect(JSON.stringify(chat.bodies()[0]?.tools)).to.contain('My own.');
    expect(chat.bodies()[0]?.tools).to.have.length(1);
    expect(search.asked).to.deep.equal([]);
  });
});

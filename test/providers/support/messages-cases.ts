import { expect } from 'chai';
import type { Quirks } from '@claudex/sdk';
import type { RecordedRequest } from '../../support/recording-server.ts';
import type { MessagesRequest } from '../../support/scripted-anthropic-upstream.ts';

/** A request, and what a quirk of Messages makes of it on the wire. */
export interface MessagesCase {
  readonly quirk: keyof Quirks;
  readonly what: string;
  /** The quirks of the profile, in TOML. */
  readonly quirks: string;
  /** Fields of the client's request, or its bytes. */
  readonly ask: object | string;
  readonly headers?: { readonly [name: string]: string };
  /** Throws where the provider did not get what it should. `raw`: what the client sent. */
  expected(sent: RecordedRequest<MessagesRequest>, raw: string): void;
  /** The words of all losses that the log counts. */
  readonly losses: readonly string[];
}

const PICTURE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
const PDF = {
  type: 'document',
  title: 'plan',
  source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0' },
};
const PLAIN = {
  type: 'document',
  title: 'notes',
  source: { type: 'text', media_type: 'text/plain', data: 'line one' },
};
const SEARCH = { type: 'web_search_20250305', name: 'web_search' };
const OWN = { name: 'own', input_schema: { type: 'object' } };
const user = (...content: unknown[]) => ({ role: 'user', content });
/** A call with this id, and what its tool answered. */
const called = (id: string, ...content: unknown[]) => [
  user({ type: 'text', text: 'a' }),
  { role: 'assistant', content: [{ type: 'tool_use', id, name: 'own', input: {} }] },
  user({ type: 'tool_result', tool_use_id: id, content }),
];

/** One or more for every quirk that is honoured where the client's bytes are passed on, also with what it records. */
export const MESSAGES_CASES: readonly MessagesCase[] = [
  {
    quirk: 'extraFields',
    what: 'are put into the bytes',
    quirks: 'extraFields = { anthropic_version = "vertex-2023-10-16" }',
    ask: {},
    expected: ({ raw: sent }, raw) =>
      expect(sent).to.equal(`${raw.slice(0, -1)},"anthropic_version":"vertex-2023-10-16"}`),
    losses: [],
  },
  {
    quirk: 'omitFields',
    what: 'takes the model out, which is no loss, and other fields, which are one',
    quirks: 'omitFields = ["model", "context_management"]',
    ask: { context_management: {} },
    expected: ({ body }) => expect(body).to.have.all.keys('max_tokens', 'messages'),
    losses: ['context_management'],
  },
  {
    quirk: 'betas',
    what: 'passes on the values on the list only',
    quirks: 'betas = ["a-1", "c-3"]',
    ask: {},
    headers: { 'anthropic-beta': 'a-1, b-2,c-3' },
    expected: ({ headers }) => expect(headers['anthropic-beta']).to.equal('a-1,c-3'),
    losses: ['beta'],
  },
  {
    quirk: 'betas',
    what: 'leaves the header out where nothing is left',
    quirks: 'betas = []',
    ask: {},
    headers: { 'anthropic-beta': 'a-1' },
    expected: ({ headers }) => expect(headers).not.to.have.property('anthropic-beta'),
    losses: ['beta'],
  },
  {
    quirk: 'images',
    what: 'puts a note in the place of pictures, also in results of tools',
    quirks: 'images = false',
    ask: { messages: called('toolu_1', PICTURE) },
    expected({ body, raw }) {
      expect(raw).not.to.include('AAAA');
      expect(body.messages[2]).to.have.nested.property('content[0].content[0].text').that.includes('image');
    },
    losses: ['image'],
  },
  {
    quirk: 'documents',
    what: 'keeps the text of documents, and names files in a note, also in results of tools',
    quirks: 'documents = "none"',
    ask: { messages: called('toolu_1', PLAIN, PDF) },
    expected({ body, raw }) {
      expect(raw).not.to.include('JVBERi0');
      const content = 'content[0].content';
      expect(body.messages[2])
        .to.have.nested.property(`${content}[0].text`)
        .that.includes('line one')
        .and.includes('notes');
      expect(body.messages[2])
        .to.have.nested.property(`${content}[1].text`)
        .that.includes('plan')
        .and.includes('left out');
    },
    losses: ['document'],
  },
  {
    quirk: 'serverTools',
    what: 'takes out tools that the provider would have to run, and tells what others have run',
    quirks: 'serverTools = false',
    ask: {
      tools: [{ type: 'code_execution_20260120', name: 'code_execution' }, OWN],
      tool_choice: { type: 'tool', name: 'code_execution' },
      messages: [
        user({ type: 'text', text: 'a' }),
        {
          role: 'assistant',
          content: [
            { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'cats' } },
            { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
          ],
        },
        user({ type: 'text', text: 'b' }),
      ],
    },
    expected({ body, raw }) {
      expect(body['tools']).to.deep.equal([OWN]);
      expect(body['tool_choice']).to.deep.equal({ type: 'auto' });
      expect(raw).not.to.include('srvtoolu').and.not.to.include('tool_result');
      expect(raw).to.include('Searched the web for: cats');
    },
    losses: ['server_tool', 'tool_choice', 'server_tool_use', 'server_tool_result'],
  },
  {
    quirk: 'serverTools',
    what: 'takes a search out as well, and leaves the tools of the client',
    quirks: 'serverTools = false',
    ask: { tools: [SEARCH, OWN] },
    expected: ({ body }) => expect(body['tools']).to.deep.equal([OWN]),
    losses: ['server_tool'],
  },
  {
    quirk: 'cacheControlOnTools',
    what: 'takes breakpoints off tools, and off nothing else',
    quirks: 'cacheControlOnTools = false',
    ask: {
      tools: [{ ...OWN, cache_control: { type: 'ephemeral' } }],
      messages: [user({ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } })],
    },
    expected({ body }) {
      expect(body['tools']).to.deep.equal([OWN]);
      expect(body.messages[0]).to.have.nested.property('content[0].cache_control');
    },
    losses: ['cache_control'],
  },
  {
    quirk: 'forcedToolChoice',
    what: 'leaves the choice to the model',
    quirks: 'forcedToolChoice = false',
    ask: { tools: [OWN], tool_choice: { type: 'any', disable_parallel_tool_use: true } },
    expected: ({ body }) =>
      expect(body['tool_choice']).to.deep.equal({ type: 'auto', disable_parallel_tool_use: true }),
    losses: ['tool_choice'],
  },
  {
    quirk: 'thinkingTypes',
    what: 'makes a budget below the limit of the answer of adaptive thinking',
    quirks: 'thinkingTypes = ["enabled", "disabled"]',
    ask: { max_tokens: 8_000, thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
    expected: ({ body }) => expect(body['thinking']).to.deep.equal({ type: 'enabled', budget_tokens: 4_000 }),
    losses: ['thinking'],
  },
  {
    quirk: 'thinkingTypes',
    what: 'switches thinking off where the answer has no room for a budget',
    quirks: 'thinkingTypes = ["enabled", "disabled"]',
    ask: { max_tokens: 500, thinking: { type: 'adaptive' } },
    expected: ({ body }) => expect(body['thinking']).to.deep.equal({ type: 'disabled' }),
    losses: ['thinking'],
  },
  {
    quirk: 'thinkingTypes',
    what: 'makes adaptive thinking of a budget',
    quirks: 'thinkingTypes = ["adaptive"]',
    ask: { max_tokens: 8_000, thinking: { type: 'enabled', budget_tokens: 2_000, display: 'updates' } },
    expected: ({ body }) => expect(body['thinking']).to.deep.equal({ type: 'adaptive', display: 'updates' }),
    losses: ['thinking'],
  },
  {
    quirk: 'thinkingTypes',
    what: 'lets a model think little that cannot do without',
    quirks: 'thinkingTypes = ["enabled"]',
    ask: { max_tokens: 8_000, thinking: { type: 'disabled' } },
    expected: ({ body }) => expect(body['thinking']).to.deep.equal({ type: 'enabled', budget_tokens: 1_024 }),
    losses: ['thinking'],
  },
  {
    quirk: 'thinkingTypes',
    what: 'leaves the field out where none is taken',
    quirks: 'thinkingTypes = []',
    ask: { thinking: { type: 'adaptive' } },
    expected: ({ body }) => expect(body).not.to.have.property('thinking'),
    losses: ['thinking'],
  },
  {
    quirk: 'signedThinking',
    what: 'hands nothing back that the vendor has not signed',
    quirks: 'signedThinking = true',
    ask: {
      messages: [
        user({ type: 'text', text: 'a' }),
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'unsigned', signature: '' },
            { type: 'thinking', thinking: 'sealed', signature: 'claudex.openai-chat.2.e30.x' },
            { type: 'thinking', thinking: 'own', signature: 'EqQBCkYIBxgC' },
            { type: 'text', text: 'b' },
          ],
        },
        user({ type: 'text', text: 'c' }),
      ],
    },
    expected({ raw }) {
      expect(raw).to.include('EqQBCkYIBxgC');
      expect(raw).not.to.match(/unsigned|sealed|claudex/);
    },
    losses: ['foreign_thinking'],
  },
  {
    quirk: 'signedThinking',
    what: 'comes with ids of calls as the vendor takes them, the same on both sides',
    quirks: 'signedThinking = true',
    ask: { messages: called('functions.own:0', { type: 'text', text: 'r' }) },
    expected({ body }) {
      const [, call, result] = body.messages as readonly {
        readonly content: readonly { readonly id?: string; readonly tool_use_id?: string }[];
      }[];
      expect(call?.content[0]?.id).to.match(/^[a-zA-Z0-9_-]+$/);
      expect(result?.content[0]?.tool_use_id).to.equal(call?.content[0]?.id);
    },
    losses: [],
  },
  {
    quirk: 'toolCallIdMaxLength',
    what: 'shortens ids that are too long',
    quirks: 'toolCallIdMaxLength = 40',
    ask: { messages: called(`toolu_${'x'.repeat(60)}`, { type: 'text', text: 'r' }) },
    expected: ({ body }) =>
      expect(body.messages[2]).to.have.nested.property('content[0].tool_use_id').that.has.length.at.most(40),
    losses: [],
  },
  {
    quirk: 'midConversationSystem',
    what: 'makes tagged words of the user of a later system message',
    quirks: 'midConversationSystem = "user"',
    ask: {
      messages: [
        ...called('toolu_1', { type: 'text', text: 'r' }),
        { role: 'system', content: 'Be brief.' },
        user({ type: 'text', text: 'c' }),
      ],
    },
    expected({ body }) {
      expect(body.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'user']);
      expect(body.messages[2]?.content).to.deep.equal([
        { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'r' }] },
        { type: 'text', text: '<system-reminder>\nBe brief.\n</system-reminder>' },
        { type: 'text', text: 'c' },
      ]);
    },
    losses: [],
  },
  {
    quirk: 'streaming',
    what: 'asks for a stream where there is nothing else',
    quirks: 'streaming = "only"',
    ask: {},
    expected: ({ body }) => expect(body.stream).to.equal(true),
    losses: [],
  },
];

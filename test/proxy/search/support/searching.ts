import Anthropic from '@anthropic-ai/sdk';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { Search, SearchQuery } from '@claudex/sdk';
import { startTestProxy, TOKEN, type TestProxy } from '../../../support/proxy.ts';
import type { RecordingServer } from '../../../support/recording-server.ts';
import {
  startChatUpstream,
  type ChatRequest,
  type ChatScript,
  type ScriptedAnswer,
  type ScriptedToolCall,
} from '../../../support/scripted-chat-upstream.ts';

export const WEB_SEARCH: Anthropic.WebSearchTool20250305 = {
  type: 'web_search_20250305',
  name: 'web_search',
  max_uses: 8,
};
export const WEB_FETCH: Anthropic.WebFetchTool20250910 = { type: 'web_fetch_20250910', name: 'web_fetch' };
export const READ: Anthropic.Tool = { name: 'Read', input_schema: { type: 'object' } };

const QUESTION: Anthropic.MessageParam = { role: 'user', content: 'Who won the cup?' };

/** The round in which the model searches for these, with the words it says first. */
export function searchingFor(...queries: string[]): ScriptedAnswer {
  return { text: 'Let me search.', toolCalls: queries.map((query) => calling('web_search', { query })) };
}

/** A call of a tool. */
export function calling(name: string, input: unknown): ScriptedToolCall {
  return { name, input };
}

/** A search in a test. It remembers what it was asked. */
export interface TestSearch extends Search {
  readonly asked: SearchQuery[];
}

/** Makes a search that finds two pages for everything; `more` replaces members of it. */
export function wiki(more: Partial<Search> = {}): TestSearch {
  const asked: SearchQuery[] = [];
  const search: Search = {
    specVersion: 1,
    id: 'wiki',
    title: 'Wiki',
    async search(query) {
      return [
        { url: 'https://en.example.org/cup', title: `About ${query.query}`, text: 'The reds won.', age: '2 days ago' },
        { url: 'https://other.example.com/', title: 'Another', text: 'Nobody knows.' },
      ];
    },
    ...more,
  };
  return {
    ...search,
    asked,
    search: (query, io) => {
      asked.push(query);
      return search.search(query, io);
    },
  };
}

/** A proxy in front of a scripted upstream of Chat Completions, and the official client. */
export interface SearchingProxy extends AsyncDisposable {
  readonly proxy: TestProxy;
  readonly upstream: RecordingServer<ChatRequest>;
  readonly client: Anthropic;
  /** Asks with the official client, streamed or whole. */
  ask(stream: boolean, more?: Partial<Anthropic.MessageCreateParamsNonStreaming>): Promise<Anthropic.Message>;
  /** The bodies that the upstream got. */
  bodies(): ChatRequest[];
}

/** Starts a proxy whose profile `p` leads to `script`. `settings` are lines of TOML inside the profile. */
export async function startSearching(
  script: ChatScript,
  { searches = [], settings = '' }: { readonly searches?: readonly Search[]; readonly settings?: string } = {},
): Promise<SearchingProxy> {
  const upstream = await startChatUpstream(script);
  const proxy = await startTestProxy(profileOf('OpenAICompatible', `${upstream.url}/v1`, settings), { searches });
  const client = clientOf(proxy);
  return {
    proxy,
    upstream,
    client,
    ask: (stream, more) => ask(client, stream, more),
    bodies: () => upstream.requests.map(({ body }) => body),
    async [Symbol.asyncDispose]() {
      await proxy.stop();
      await upstream.close();
    },
  };
}

/** Starts a proxy whose profile `p` leads to an upstream of Responses. */
export function startResponsesProxy(
  url: string,
  { searches = [], settings = '' }: { readonly searches?: readonly Search[]; readonly settings?: string } = {},
): Promise<TestProxy> {
  return startTestProxy(profileOf('OpenAIResponses', url, settings), { searches, protocols: [openaiResponses] });
}

/** The official client of profile `p`. */
export function clientOf(proxy: TestProxy): Anthropic {
  return new Anthropic({ baseURL: `${proxy.url}/proxy/p`, authToken: TOKEN, apiKey: null, maxRetries: 0 });
}

/** Asks the question of these tests. */
export function ask(
  client: Anthropic,
  stream: boolean,
  more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {},
): Promise<Anthropic.Message> {
  const question = { model: 'm', max_tokens: 100, messages: [QUESTION], tools: [WEB_SEARCH], ...more };
  return stream ? client.messages.stream(question).finalMessage() : client.messages.create(question);
}

function profileOf(type: string, url: string, settings: string): string {
  return `[[profiles]]\nname = "p"\nprovider_type = "${type}"\nbase_url = "${url}"\ndefault_model = "m"\n${settings}`;
}

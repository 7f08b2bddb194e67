import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { CanonicalEvent, CanonicalRequest, CodecContext, JsonObject, SseEvent } from '@claudex/sdk';
import { contextOf, parseSse, runMachine, tool } from '@claudex/sdk/testing';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings');

/** Where the recorded bodies of Chat Completions are. */
const CHAT_FOLDER = join(ROOT, 'chat');

/** Where the recorded errors of all protocols are. */
export const ERROR_FOLDER = join(ROOT, 'errors');

/** The independent reading that stands beside each recorded body. */
export interface Expected {
  model: string | null;
  text: string;
  refusal?: string;
  reasoning: string;
  toolCalls: { id: string | null; name: string; arguments: unknown; raw: string | null; invalidJson?: true }[];
  finish: string | null;
  done?: boolean;
  usage: {
    input: number | null;
    output: number | null;
    total: number | null;
    cachedInput: number | null;
    reasoning: number | null;
  } | null;
  error?: { message: string | null };
}

/** Where the decoder reads more than the reference does, which knows neither Copilot's spelling nor its split answers. */
const READS_MORE: Readonly<Record<string, (expected: Expected) => Expected>> = {
  'copilot/ccnvim--adapters-copilot-copilot_tools_streaming_reasoning.sse': (expected) => ({
    ...expected,
    reasoning: parseSse(readBody('copilot/ccnvim--adapters-copilot-copilot_tools_streaming_reasoning.sse').toString())
      .map(({ data }) => /"reasoning_text":("(?:[^"\\]|\\.)*")/.exec(data)?.[1])
      .map((text) => (text === undefined ? '' : (JSON.parse(text) as string)))
      .join(''),
  }),
  'copilot/ccnvim--adapters-copilot-copilot_tools_no_streaming.json': (expected) => ({
    ...expected,
    toolCalls: [{ id: null, name: 'weather', arguments: { location: 'London, UK', units: 'celsius' }, raw: null }],
  }),
};

/** The names of recorded bodies; both lists are empty where there are no recordings. */
export function chatFiles(): { streams: string[]; answers: string[] } {
  if (!existsSync(CHAT_FOLDER)) return { streams: [], answers: [] };
  const files = readdirSync(CHAT_FOLDER, { recursive: true, encoding: 'utf8' }).toSorted();
  return {
    streams: files.filter((file) => file.endsWith('.sse')),
    answers: files.filter((file) => file.endsWith('.json') && !/\.(?:expected|request|meta)\.json$/.test(file)),
  };
}

/** The bytes of a recorded body. */
function readBody(file: string): Buffer {
  return readFileSync(join(CHAT_FOLDER, file));
}

/** A recorded answer that was not streamed. */
export function readAnswer(file: string): JsonObject {
  return JSON.parse(readBody(file).toString()) as JsonObject;
}

/** The events of a recorded stream. Some were cut behind their last event. */
export function readEvents(file: string): SseEvent[] {
  return parseSse(`${readBody(file).toString()}\n\n`);
}

/** What the recorded body says. */
export function expectedOf(file: string): Expected {
  const expected = readAnswer(file.replace(/\.(?:sse|json)$/, '.expected.json')) as unknown as Expected;
  return READS_MORE[file]?.(expected) ?? expected;
}

/** An exchange with a provider that may have its state back. */
export function chatContext(request: Partial<CanonicalRequest> = {}): CodecContext {
  return { ...contextOf({ tools: [tool('a')], ...request }), origin: 'recorded' };
}

/** What a stream causes. */
export function decodeEvents(events: readonly SseEvent[], context: CodecContext = chatContext()): CanonicalEvent[] {
  return runMachine(openaiChat.decodeStream(context), events);
}

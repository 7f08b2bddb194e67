import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { CanonicalEvent, CanonicalResponse, CodecContext, Fault, JsonObject, SseEvent, Usage } from '@claudex/sdk';
import { assembleMessage, checkGrammar, parseSse, runMachine, truncations } from '@claudex/sdk/testing';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared/recordings');
const FOLDER = join(ROOT, 'chat');

/** The independent reading that stands beside each recorded body. */
interface Expected {
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
    reasoning: readEvents('copilot/ccnvim--adapters-copilot-copilot_tools_streaming_reasoning.sse')
      .map(({ data }) => /"reasoning_text":("(?:[^"\\]|\\.)*")/.exec(data)?.[1])
      .map((text) => (text === undefined ? '' : (JSON.parse(text) as string)))
      .join(''),
  }),
  'copilot/ccnvim--adapters-copilot-copilot_tools_no_streaming.json': (expected) => ({
    ...expected,
    toolCalls: [{ id: null, name: 'weather', arguments: { location: 'London, UK', units: 'celsius' }, raw: null }],
  }),
};

describe('recorded Chat Completions traffic', function () {
  if (!existsSync(FOLDER)) {
    it.skip(`no recordings found in ${FOLDER}`);
    return;
  }
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).toSorted();
  const streams = files.filter((file) => file.endsWith('.sse'));
  const answers = files.filter((file) => file.endsWith('.json') && !/\.(?:expected|request|meta)\.json$/.test(file));

  it('is there in numbers', () => {
    expect(streams.length).to.be.greaterThan(200);
    expect(answers.length).to.be.greaterThan(150);
  });

  for (const file of streams) {
    it(`reads the stream ${file}`, () => {
      const sse = readEvents(file);
      const expected = expectedOf(file);
      const events = runMachine(openaiChat.decodeStream(contextOf()), sse);
      expect(checkGrammar(events)).to.deep.equal([]);
      const fault = faultOf(events);
      if (fault === undefined) {
        const { whole, raw } = withoutBrokenInput(events);
        compare(assembleMessage(whole), raw, expected);
      } else {
        expectFailure(fault, expected);
        expect(expected.text + (expected.refusal ?? '')).to.satisfy((text: string) => text.startsWith(textOf(events)));
      }
    });

    it(`never makes up an end of ${file}`, () => {
      const sse = readEvents(file);
      for (const cut of truncations(sse.slice(0, 300))) {
        const events = runMachine(openaiChat.decodeStream(contextOf()), cut);
        expect(checkGrammar(events)).to.deep.equal([]);
        const finished = cut.some(({ data }) => /"finish_reason": ?"[^"]/.test(data) || data === '[DONE]');
        if (!finished) expect(events.at(-1)?.type).to.equal('error');
      }
    });
  }

  for (const file of answers) {
    it(`reads the answer ${file}`, () => {
      const expected = expectedOf(file);
      const decoded = openaiChat.decodeResponse(readJson(file), contextOf());
      if ('fault' in decoded) expectFailure(decoded.fault, expected);
      else compare(decoded.response, [], expected);
    });
  }
});

describe('recorded errors of Chat Completions', function () {
  const folder = join(ROOT, 'errors');
  if (!existsSync(folder)) {
    it.skip(`no recordings found in ${folder}`);
    return;
  }
  const bodies = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:json|txt)$/.test(file) && !/\.(?:expected|request|meta)\.json$/.test(file))
    .toSorted();
  for (const file of bodies) {
    it(`reads the error ${file}`, () => {
      const stem = join(folder, file.replace(/\.(?:json|txt)$/, ''));
      const meta = JSON.parse(readFileSync(`${stem}.meta.json`, 'utf8')) as { status: number };
      const expected = JSON.parse(readFileSync(`${stem}.expected.json`, 'utf8')) as { message: string | null };
      const body = readFileSync(join(folder, file), 'utf8');
      const fault = openaiChat.decodeFault({ status: meta.status, headers: {}, body });
      expect(fault.message).to.include((expected.message ?? '').slice(0, 1900));
      if (/context_length_exceeded_errors/.test(file) && meta.status === 400) {
        expect(fault.kind).to.equal('context-overflow');
        expect(fault.message).to.match(/^prompt is too long/);
      }
      if (meta.status === 401) expect(fault.kind).to.equal('authentication');
      if (fault.kind === 'context-overflow') expect(fault.retryable).to.equal(false);
    });
  }
});

function contextOf(): CodecContext {
  let ids = 0;
  return {
    request: { model: 'm', messages: [], system: [], tools: [], stream: true, client: { betas: [] }, other: {} },
    model: 'm',
    quirks: {},
    newId: (prefix) => `${prefix}_${(ids += 1)}`,
    estimatedInputTokens: 0,
  };
}

function readEvents(file: string): SseEvent[] {
  return parseSse(`${readFileSync(join(FOLDER, file), 'utf8')}\n\n`);
}

function readJson(file: string): JsonObject {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as JsonObject;
}

function expectedOf(file: string): Expected {
  const expected = readJson(file.replace(/\.(?:sse|json)$/, '.expected.json')) as unknown as Expected;
  return READS_MORE[file]?.(expected) ?? expected;
}

function faultOf(events: readonly CanonicalEvent[]): Fault | undefined {
  const last = events.at(-1);
  return last?.type === 'error' ? last.fault : undefined;
}

/** A failure is right where the provider reported one, never finished, or said nothing at all. */
function expectFailure(fault: Fault, expected: Expected): void {
  if (expected.error !== undefined) {
    expect(fault.message).to.include(expected.error.message ?? '');
    return;
  }
  const silent = expected.text === '' && expected.reasoning === '' && expected.toolCalls.length === 0;
  expect(expected.finish, fault.message).to.equal(null);
  expect(silent || expected.done !== true, fault.message).to.equal(true);
}

function textOf(events: readonly CanonicalEvent[]): string {
  return events
    .map((event) => (event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : ''))
    .join('');
}

/** The stream without arguments that are no JSON object, and the raw arguments of every call in order. */
function withoutBrokenInput(events: readonly CanonicalEvent[]) {
  const rawOf = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') rawOf.set(event.index, '');
    if (event.type !== 'content_block_delta' || event.delta.type !== 'input_json_delta') continue;
    rawOf.set(event.index, (rawOf.get(event.index) ?? '') + event.delta.partial_json);
  }
  const broken = new Set([...rawOf].filter(([, raw]) => raw !== '' && !isJson(raw)).map(([index]) => index));
  const whole = events.filter((event) => event.type !== 'content_block_delta' || !broken.has(event.index));
  return { whole, raw: [...rawOf.values()] };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function compare(response: CanonicalResponse, raw: readonly string[], expected: Expected): void {
  const { content } = response;
  const texts = content.map((block) => (block.type === 'text' ? block.text : ''));
  const thoughts = content.map((block) => (block.type === 'thinking' ? block.thinking : ''));
  const calls = content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
  expect(texts.join('')).to.equal(expected.text + (expected.refusal ?? ''));
  expect(thoughts.join('')).to.equal(expected.reasoning);
  expect(expected.error).to.equal(undefined);
  expect(calls.map(({ name }) => name)).to.deep.equal(expected.toolCalls.map(({ name }) => name));
  for (const [index, { input }] of calls.entries()) {
    const call = expected.toolCalls[index];
    if (call?.invalidJson === true) expect(raw[index] ?? input['unparsed_arguments']).to.equal(call.raw);
    else expect(input).to.deep.equal(call?.arguments);
  }
  expect(response.raw_stop_reason ?? null).to.equal(expected.finish);
  if (expected.refusal !== undefined) expect(response.stop_reason).to.equal('refusal');
  else if (calls.length > 0 && expected.finish !== 'length') expect(response.stop_reason).to.equal('tool_use');
  compareUsage(response.usage, expected);
}

function compareUsage(usage: Usage, { usage: expected }: Expected): void {
  if (expected === null) return;
  const { input, output, total, cachedInput, reasoning } = expected;
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  // A prompt smaller than its cached part was counted without it.
  if (input !== null) expect(usage.input_tokens).to.equal(cached > input ? input : input - cached);
  if (cachedInput !== null) expect(usage.cache_read_input_tokens).to.equal(cachedInput);
  if (output === null) return;
  const beside = reasoning !== null && input !== null && total === input + output + reasoning;
  expect(usage.output_tokens).to.equal(beside ? output + reasoning : output);
}

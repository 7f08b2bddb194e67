import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { CanonicalEvent, CanonicalResponse, CodecContext, Fault, JsonObject, SseEvent, Usage } from '@claudex/sdk';
import { openState, stateKey } from '@claudex/sdk/codec';
import {
  assembleMessage,
  checkGrammar,
  parseSse,
  randomChunks,
  runMachine,
  singleBytes,
  truncations,
} from '@claudex/sdk/testing';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared/recordings');
const FOLDER = join(ROOT, 'responses');

/** The independent reading that stands beside each recorded body. */
interface Expected {
  model: string | null;
  text: string;
  refusal?: string;
  reasoning: string;
  toolCalls: {
    id: string | null;
    name: string;
    arguments: unknown;
    raw: string | null;
    custom?: true;
    invalidJson?: true;
  }[];
  /** Status of the answer. */
  finish: string | null;
  incompleteReason?: string;
  otherItems?: string[];
  encryptedReasoning?: number;
  annotations?: number;
  usage: {
    input: number | null;
    output: number | null;
    total: number | null;
    cachedInput: number | null;
    reasoning: number | null;
  } | null;
  error?: { message: string | null };
}

/** Items that the reference leaves aside and the decoder hands to the client as calls or as words. */
const CALL_NAMES: ReadonlySet<string> = new Set(['local_shell', 'apply_patch', 'shell', 'tool_search']);
const OWN_WORDS = /\[The provider wanted approval [^\]]*\]/;

describe('recorded Responses traffic', function () {
  if (!existsSync(FOLDER)) {
    it.skip(`no recordings found in ${FOLDER}`);
    return;
  }
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).toSorted();
  const streams = files.filter((file) => file.endsWith('.sse'));
  const answers = files.filter((file) => file.endsWith('.json') && !/\.(?:expected|request|meta)\.json$/.test(file));

  it('is there in numbers', () => {
    expect(streams.length).to.be.greaterThan(90);
    expect(answers.length).to.be.greaterThan(80);
  });

  for (const [seed, file] of streams.entries()) {
    it(`reads the stream ${file}`, () => {
      const source = `${readFileSync(join(FOLDER, file), 'utf8')}\n\n`;
      const expected = expectedOf(file);
      const events = runMachine(openaiResponses.decodeStream(contextOf()), parseSse(source));
      expect(checkGrammar(events)).to.deep.equal([]);
      const fault = faultOf(events);
      if (fault === undefined) compare(assembleMessage(events), expected);
      else {
        expectFailure(fault, expected);
        expect(expected.text).to.satisfy((text: string) => text.startsWith(textOf(events)));
      }
      for (const chunks of [randomChunks(source, seed), singleBytes(source)]) {
        const again = runMachine(openaiResponses.decodeStream(contextOf()), parseSse(chunks));
        expect(again).to.deep.equal(events);
      }
    });

    it(`never makes up an end of ${file}`, () => {
      const sse = readEvents(file);
      const end = sse.findIndex(({ data }) => /"type": ?"response\.(?:completed|incomplete)"/.test(data));
      for (const cut of truncations(end < 0 ? sse : sse.slice(0, end + 1))) {
        const events = runMachine(openaiResponses.decodeStream(contextOf()), cut);
        expect(checkGrammar(events)).to.deep.equal([]);
        expect(events.at(-1)?.type).to.equal('error');
      }
    });
  }

  for (const file of answers) {
    it(`reads the answer ${file}`, () => {
      const expected = expectedOf(file);
      const decoded = openaiResponses.decodeResponse(readJson(file), contextOf());
      if ('fault' in decoded) expectFailure(decoded.fault, expected);
      else compare(decoded.response, expected);
    });
  }
});

function contextOf(): CodecContext {
  let ids = 0;
  return {
    request: { model: 'm', messages: [], system: [], tools: [], stream: true, client: { betas: [] }, other: {} },
    model: 'm',
    quirks: {},
    origin: 'recorded',
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
  return readJson(file.replace(/\.(?:sse|json)$/, '.expected.json')) as unknown as Expected;
}

function faultOf(events: readonly CanonicalEvent[]): Fault | undefined {
  const last = events.at(-1);
  return last?.type === 'error' ? last.fault : undefined;
}

/** A failure is right where the provider reported one, never finished, or had not begun. */
function expectFailure(fault: Fault, expected: Expected): void {
  if (expected.error === undefined) expect(expected.finish, fault.message).to.be.oneOf([null, 'queued']);
  else expect(fault.message).to.include(expected.error.message ?? '');
}

function textOf(events: readonly CanonicalEvent[]): string {
  return events
    .map((event) => (event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : ''))
    .join('');
}

function compare(response: CanonicalResponse, expected: Expected): void {
  expect(expected.error).to.equal(undefined);
  const { content } = response;
  const texts = content.map((block) => (block.type === 'text' ? block.text : ''));
  expect(texts.join('').replace(OWN_WORDS, '')).to.equal(expected.text + (expected.refusal ?? ''));
  if (expected.model !== null) expect(response.model).to.equal(expected.model);
  compareReasoning(response, expected);
  compareCalls(response, expected);
  const cited = content.flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : []));
  expect(cited.length).to.equal(expected.annotations ?? 0);
  expect(response.raw_stop_reason ?? null).to.equal(expected.incompleteReason ?? expected.finish);
  compareStopReason(response, expected);
  compareUsage(response.usage, expected);
}

/** The reference joins the parts of reasoning with nothing between them; the sealed lengths say where they meet. */
function compareReasoning({ content }: CanonicalResponse, expected: Expected): void {
  const key = stateKey('openai-responses', { ...contextOf() });
  let reasoning = '';
  let encrypted = 0;
  for (const block of content) {
    if (block.type !== 'thinking') continue;
    const opened = openState(key, block.signature);
    if (!('state' in opened)) return expect.fail(`the signature is ${opened.refusal}`);
    const { item, encrypted: secret, parts, raw } = opened.state;
    if (item !== 'reasoning') continue;
    if (secret !== null) encrypted += 1;
    let start = 0;
    for (const length of [...(parts as number[]), ...(raw as number[])]) {
      if (start > 0) expect(block.thinking.slice(start - 2, start)).to.equal('\n\n');
      reasoning += block.thinking.slice(start, start + length);
      start += length + 2;
    }
    expect(Math.max(0, start - 2)).to.equal(block.thinking.length);
  }
  expect(reasoning).to.equal(expected.reasoning);
  expect(encrypted).to.equal(expected.encryptedReasoning ?? 0);
}

function compareCalls({ content }: CanonicalResponse, expected: Expected): void {
  const blocks = content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
  const calls = blocks.filter(({ name }) => !CALL_NAMES.has(name));
  expect(calls.map(({ name }) => name)).to.deep.equal(expected.toolCalls.map(({ name }) => name));
  for (const [index, { id, input }] of calls.entries()) {
    const call = expected.toolCalls[index];
    if (call?.id) expect(id).to.equal(call.id);
    if (call?.custom === true) expect(input).to.deep.equal({ input: call.raw });
    else if (call?.invalidJson === true) expect(input['unparsed_arguments']).to.equal(call.raw);
    else expect(input).to.deep.equal(call?.arguments);
  }
  const ranByProvider = content.filter(({ type }) => type === 'server_tool_use' || type === 'server_tool_result');
  const others = (expected.otherItems ?? []).filter(
    (type) => !/^(?:compaction|mcp_list_tools|mcp_approval)/.test(type),
  );
  const shown = ranByProvider.length + blocks.length - calls.length;
  expect(shown).to.be.at.least(others.length);
}

function compareStopReason(response: CanonicalResponse, expected: Expected): void {
  const called = response.content.some(({ type }) => type === 'tool_use');
  if (expected.refusal !== undefined) expect(response.stop_reason).to.equal('refusal');
  else if (expected.incompleteReason === 'max_output_tokens') expect(response.stop_reason).to.equal('max_tokens');
  else expect(response.stop_reason).to.equal(called ? 'tool_use' : 'end_turn');
}

function compareUsage(usage: Usage, { usage: expected }: Expected): void {
  if (expected === null) return;
  const { input, output, total, cachedInput, reasoning } = expected;
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  if (input !== null) expect(usage.input_tokens + cached).to.equal(input);
  if (cachedInput !== null) expect(usage.cache_read_input_tokens).to.equal(cachedInput);
  // One provider reports less than nothing, which is no count.
  if (output === null || output < 0) {
    expect(usage.output_tokens).to.be.at.least(0);
    return;
  }
  const beside = (reasoning ?? 0) > 0 && input !== null && total === input + output + (reasoning ?? 0);
  expect(usage.output_tokens).to.equal(beside ? output + (reasoning ?? 0) : output);
}

import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { CanonicalEvent, CanonicalResponse, Fault, Usage } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { assembleMessage, checkGrammar, contextOf } from '@claudex/sdk/testing';
import {
  chatContext,
  chatFiles,
  decodeEvents,
  ERROR_FOLDER,
  expectedOf,
  readAnswer,
  readEvents,
  type Expected,
} from './support/chat-recordings.ts';

describe('recorded Chat Completions traffic', function () {
  const { streams, answers } = chatFiles();
  if (streams.length === 0) {
    it.skip('needs the recordings');
    return;
  }

  it('is there in numbers', () => {
    expect(streams.length).to.be.greaterThan(200);
    expect(answers.length).to.be.greaterThan(150);
  });

  // State adds signatures and nothing else, so what is read is the same with and without.
  for (const context of [contextOf, chatContext]) {
    const kind = context === contextOf ? 'without an origin' : 'with one';
    for (const file of streams) {
      it(`reads the stream ${file} ${kind}`, () => {
        const expected = expectedOf(file);
        const events = decodeEvents(readEvents(file), context());
        expect(checkGrammar(events)).to.deep.equal([]);
        const fault = faultOf(events);
        if (fault === undefined) {
          const { whole, raw } = withoutBrokenInput(events);
          compare(assembleMessage(whole), raw, expected);
        } else {
          expectFailure(fault, expected);
          expect(expected.text + (expected.refusal ?? '')).to.satisfy((text: string) =>
            text.startsWith(textOf(events)),
          );
        }
      });
    }

    for (const file of answers) {
      it(`reads the answer ${file} ${kind}`, () => {
        const expected = expectedOf(file);
        const decoded = openaiChat.decodeResponse(readAnswer(file), context());
        if ('fault' in decoded) expectFailure(decoded.fault, expected);
        else compare(decoded.response, [], expected);
      });
    }
  }
});

describe('recorded errors of Chat Completions', function () {
  const folder = ERROR_FOLDER;
  if (!existsSync(folder)) {
    it.skip(`needs the recordings in ${folder}`);
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
  const broken = new Set(
    [...rawOf].filter(([, raw]) => raw !== '' && parseJson(raw) === undefined).map(([index]) => index),
  );
  const whole = events.filter((event) => event.type !== 'content_block_delta' || !broken.has(event.index));
  return { whole, raw: [...rawOf.values()] };
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

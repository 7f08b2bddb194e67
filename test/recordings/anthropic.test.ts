import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type { CanonicalEvent, CanonicalResponse, CodecContext, JsonObject, SseEvent, Usage } from '@claudex/sdk';
import { assembleMessage, checkGrammar, parseSse, runMachine } from '@claudex/sdk/testing';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared/recordings');
const FOLDER = join(ROOT, 'anthropic');

/** The independent reading that stands beside each recorded body. */
interface Expected {
  model: string | null;
  text: string;
  reasoning: string;
  toolCalls: { id: string; name: string; arguments: JsonObject | null; raw: string | null; invalidJson?: true }[];
  signatures?: number;
  redacted?: number;
  otherItems?: string[];
  citations?: number;
  finish: string | null;
  stopSequence?: string;
  usage: { input: number | null; output: number | null; cacheRead?: number | null; cacheWrite?: number | null };
}

const context: CodecContext = {
  request: {
    model: 'm',
    messages: [],
    system: [],
    tools: [],
    stream: true,
    client: { betas: [] },
    other: {},
  },
  model: 'm',
  quirks: {},
  newId: (prefix) => `${prefix}_1`,
  estimatedInputTokens: 0,
};

describe('recorded Anthropic traffic', function () {
  if (!existsSync(FOLDER)) {
    it.skip(`needs the recordings in ${FOLDER}`);
    return;
  }
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort();
  const streams = files.filter((file) => file.endsWith('.sse'));
  const answers = files.filter((file) => file.endsWith('.json') && !/\.(?:expected|request|meta)\.json$/.test(file));
  const requests = files.filter((file) => file.endsWith('.request.json'));

  it('is there in numbers', () => {
    expect(streams.length).to.be.greaterThan(50);
    expect(answers.length).to.be.greaterThan(50);
    expect(requests.length).to.be.greaterThan(50);
  });

  for (const file of streams) {
    it(`reads the stream ${file}`, () => {
      const sse = parseSse(`${readFileSync(join(FOLDER, file), 'utf8')}\n\n`);
      const events = runMachine(anthropicMessages.decodeStream(context), sse);
      expect(checkGrammar(events)).to.deep.equal([]);
      const expected = expectedOf(file);
      const { streamed, invalid } = withoutBrokenInput(events, expected);
      compare(assembleMessage(streamed), expected, invalid);
      const nameless = sse.map(({ data }): SseEvent => ({ data }));
      expect(runMachine(anthropicMessages.decodeStream(context), nameless)).to.deep.equal(events);
      const encoded = runMachine(encoder(), events);
      expect(runMachine(anthropicMessages.decodeStream(context), encoded)).to.deep.equal(
        events.filter(({ type }) => type !== 'loss'),
      );
    });
  }

  for (const file of answers) {
    it(`reads the answer ${file}`, () => {
      const body = readJson(file);
      const decoded = anthropicMessages.decodeResponse(body, context);
      if ('fault' in decoded) expect.fail(decoded.fault.message);
      compare(decoded.response, expectedOf(file), new Set());
      const again = anthropicMessages.decodeResponse(clientOf().encodeResponse(decoded.response), context);
      expect(again).to.deep.equal(decoded);
    });
  }

  for (const file of requests) {
    it(`reads and writes the request ${file} without losing anything`, () => {
      const body = readJson(file);
      const request = clientOf().decodeRequest(body, { betas: [] });
      const { body: written, losses } = anthropicMessages.encodeRequest({ ...context, request, model: request.model });
      expect(losses.filter(({ feature }) => feature !== 'foreign_thinking')).to.deep.equal([]);
      if (losses.length === 0) expect(clientOf().decodeRequest(written, { betas: [] })).to.deep.equal(request);
    });
  }
});

describe('recorded Anthropic failures', function () {
  const folder = join(ROOT, 'errors/anthropic');
  if (!existsSync(folder)) {
    it.skip(`needs the recordings in ${folder}`);
    return;
  }
  const files = readdirSync(folder).filter((file) => /(?<!\.expected|\.meta|\.request)\.json$/.test(file));

  it('are there in numbers', () => {
    expect(files.length).to.be.greaterThan(10);
  });

  for (const file of files) {
    it(`reads ${file}`, () => {
      const read = (name: string) => readFileSync(join(folder, name), 'utf8');
      const meta = JSON.parse(read(file.replace(/json$/, 'meta.json'))) as {
        status: number;
        headers: { [name: string]: string };
      };
      const expected = JSON.parse(read(file.replace(/json$/, 'expected.json'))) as { message: string; type: string };
      const fault = anthropicMessages.decodeFault({ ...meta, body: read(file) });
      expect(fault).to.include({ message: expected.message, code: expected.type, status: meta.status });
      const { status, body } = clientOf().encodeFault(fault, 'req_1');
      // An empty account hides behind a 400; we say what it is.
      const isBilling = expected.message.startsWith('Your credit balance is too low');
      const type = isBilling ? 'billing_error' : expected.type;
      expect(body['error']).to.deep.equal({ type, message: expected.message });
      expect(status).to.equal(isBilling ? 402 : meta.status);
    });
  }
});

function clientOf() {
  const { client } = anthropicMessages;
  if (client === undefined) throw new Error('the protocol has no client codec');
  return client;
}

function encoder() {
  return clientOf().encodeStream();
}

function readJson(file: string): JsonObject {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as JsonObject;
}

function expectedOf(file: string): Expected {
  return readJson(file.replace(/\.(?:sse|json)$/, '.expected.json')) as unknown as Expected;
}

/** The stream without the arguments that the reference found not to be JSON, and the ids of the calls they belong to. */
function withoutBrokenInput(events: CanonicalEvent[], expected: Expected) {
  const broken = new Map(expected.toolCalls.filter(({ invalidJson }) => invalidJson).map(({ id, raw }) => [id, raw]));
  const rawOf = new Map<number, { id: string; raw: string }>();
  for (const event of events) {
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') {
      rawOf.set(event.index, { id: event.content_block.id, raw: '' });
    }
    const call = event.type === 'content_block_delta' ? rawOf.get(event.index) : undefined;
    if (event.type !== 'content_block_delta' || event.delta.type !== 'input_json_delta' || !call) continue;
    call.raw += event.delta.partial_json;
  }
  for (const { id, raw } of rawOf.values()) if (broken.has(id)) expect(raw).to.equal(broken.get(id));
  const streamed = events.filter(
    (event) => event.type !== 'content_block_delta' || !broken.has(rawOf.get(event.index)?.id ?? ''),
  );
  return { streamed, invalid: new Set(broken.keys()) };
}

function compare(response: CanonicalResponse, expected: Expected, invalid: ReadonlySet<string>): void {
  const { content } = response;
  const texts = content.flatMap((block) => (block.type === 'text' ? [block] : []));
  const thoughts = content.flatMap((block) => (block.type === 'thinking' ? [block] : []));
  const calls = content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
  expect(texts.map(({ text }) => text).join('')).to.equal(expected.text);
  expect(thoughts.map(({ thinking }) => thinking).join('')).to.equal(expected.reasoning);
  expect(thoughts.filter(({ signature }) => signature !== undefined).length).to.equal(expected.signatures ?? 0);
  expect(content.filter(({ type }) => type === 'redacted_thinking').length).to.equal(expected.redacted ?? 0);
  expect(texts.flatMap(({ citations }) => citations ?? []).length).to.equal(expected.citations ?? 0);
  expect(otherTypes(response)).to.deep.equal(expected.otherItems ?? []);
  expect(calls.map(({ id, name }) => ({ id, name }))).to.deep.equal(
    expected.toolCalls.map(({ id, name }) => ({ id, name })),
  );
  for (const [index, { id, input }] of calls.entries()) {
    if (!invalid.has(id)) expect(input).to.deep.equal(expected.toolCalls[index]?.arguments);
  }
  expect(response.raw_stop_reason ?? response.stop_reason).to.equal(expected.finish);
  expect(response.stop_sequence ?? undefined).to.equal(expected.stopSequence);
  expect(response.usage).to.deep.equal(usageOf(expected));
}

/** The wire types of the blocks that are neither text, reasoning nor calls of client tools. */
function otherTypes({ content }: CanonicalResponse): unknown[] {
  return content.flatMap((block) => {
    if (block.type === 'opaque') return [block.value['type']];
    if (block.type === 'server_tool_result') return [block.result_type];
    if (block.type !== 'server_tool_use') return [];
    return [block.server_name === undefined ? 'server_tool_use' : 'mcp_tool_use'];
  });
}

function usageOf({ usage: { input, output, cacheRead, cacheWrite } }: Expected): Usage {
  return {
    input_tokens: input ?? 0,
    output_tokens: output ?? 0,
    ...(typeof cacheRead === 'number' && { cache_read_input_tokens: cacheRead }),
    ...(typeof cacheWrite === 'number' && { cache_creation_input_tokens: cacheWrite }),
  };
}

import { expect } from 'chai';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { isJsonObject, type CodecContext, type ContentBlock, type Json, type JsonObject } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { assembleMessage, assistant, result, user } from '@claudex/sdk/testing';
import {
  chatContext,
  chatFiles,
  decodeEvents,
  expectedOf,
  readAnswer,
  readEvents,
  type Expected,
} from './support/chat-recordings.ts';

/** Fields of a message that only its provider can read. */
const SECRETS: ReadonlySet<string> = new Set(['signature', 'data', 'reasoning_opaque', 'thought_signature']);

/** Fields of a message in which reasoning text goes back. */
const TEXT_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_text'];

describe('the reasoning of recorded Chat Completions traffic', function () {
  const { streams, answers } = chatFiles();
  if (streams.length === 0) {
    it.skip('needs the recordings');
    return;
  }

  const cases = [...streams, ...answers]
    .map((file) => ({ file, expected: expectedOf(file), messages: messagesOf(file), content: contentOf(file) }))
    .filter(({ content, messages }) => content.length > 0 && (secretsIn(messages).length > 0 || reasons(content)));

  it('is there in numbers', () => {
    expect(cases.length).to.be.greaterThan(100);
    expect(cases.filter(({ messages }) => secretsIn(messages).length > 0).length).to.be.greaterThan(20);
  });

  for (const { file, expected, messages, content } of cases) {
    it(`goes back as it came: ${file}`, () => {
      const { message, features } = nextTurn(content, chatContext());
      expect(secretsIn(message)).to.have.members(secretsIn(messages));
      expect(reasoningIn(message)).to.equal(expected.reasoning);
      expect(features).not.to.include('foreign_thinking');
      expectDetails(message, messages);
      expectFields(message, messages, expected);
    });

    it(`goes to nobody else: ${file}`, () => {
      for (const context of [
        { ...chatContext(), origin: 'another' },
        { ...chatContext(), model: 'another' },
      ]) {
        const { message, features } = nextTurn(content, context);
        expect(secretsIn(message)).to.deep.equal([]);
        expect(reasoningIn(message)).to.equal('');
        expect(features).to.include('foreign_thinking');
      }
    });
  }
});

/** The messages or deltas of the first choice as they were recorded. */
function messagesOf(file: string): JsonObject[] {
  const bodies = file.endsWith('.json') ? [readAnswer(file)] : readEvents(file).map(({ data }) => parseJson(data));
  return bodies.filter(isJsonObject).flatMap((body) => {
    const choice = Array.isArray(body['choices']) ? body['choices'][0] : undefined;
    const message = isJsonObject(choice) ? (choice['delta'] ?? choice['message']) : undefined;
    return isJsonObject(message) && !isJsonObject(body['error']) ? [message] : [];
  });
}

/** What the client makes of the recorded answer; nothing where it failed or a call cannot be sent again as it is. */
function contentOf(file: string): readonly ContentBlock[] {
  if (expectedOf(file).toolCalls.some(({ invalidJson }) => invalidJson)) return [];
  if (file.endsWith('.json')) {
    const decoded = openaiChat.decodeResponse(readAnswer(file), chatContext());
    return 'fault' in decoded ? [] : decoded.response.content;
  }
  const events = decodeEvents(readEvents(file));
  return events.at(-1)?.type === 'error' ? [] : assembleMessage(events).content;
}

function reasons(content: readonly ContentBlock[]): boolean {
  return content.some(({ type }) => type === 'thinking');
}

/** The assistant's message of the next request, and what was lost of it. */
function nextTurn(content: readonly ContentBlock[], context: CodecContext) {
  const results = content.flatMap((block) => (block.type === 'tool_use' ? [result(block.id, 'done')] : []));
  // The answer travels through a client that knows nothing but JSON.
  const answer = JSON.parse(JSON.stringify(content)) as ContentBlock[];
  const messages = [user('Hello.'), assistant(...answer), user(...results, 'Go on.')];
  const { body, losses } = openaiChat.encodeRequest({ ...context, request: { ...context.request, messages } });
  const sent = Array.isArray(body['messages']) ? body['messages'] : [];
  const message = sent.find((entry) => isJsonObject(entry) && entry['role'] === 'assistant');
  return { message: isJsonObject(message) ? message : {}, features: losses.map(({ feature }) => feature) };
}

/** Everything in a value that only the provider can read, each once. */
function secretsIn(value: Json | readonly JsonObject[]): string[] {
  const found = new Set<string>();
  const visit = (inner: unknown): void => {
    if (Array.isArray(inner)) for (const entry of inner) visit(entry);
    if (!isJsonObject(inner)) return;
    for (const [field, entry] of Object.entries(inner)) {
      if (SECRETS.has(field) && typeof entry === 'string' && entry !== '') found.add(entry);
      else if (field !== 'function') visit(entry);
    }
  };
  visit(value);
  return [...found];
}

/** The reasoning text in a message, wherever it stands. */
function reasoningIn(message: JsonObject): string {
  const texts: (Json | undefined)[] = [];
  for (const detail of objectsIn(message['reasoning_details'])) texts.push(detail['text'], detail['summary']);
  for (const field of TEXT_FIELDS) texts.push(message[field]);
  for (const part of objectsIn(message['content']))
    for (const piece of objectsIn(part['thinking'])) texts.push(piece['text']);
  return texts.filter((text) => typeof text === 'string').join('');
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The list that came whole goes back as it is; of a streamed one the pieces of an entry are joined. */
function expectDetails(message: JsonObject, messages: readonly JsonObject[]): void {
  const [only] = messages.length === 1 ? messages : [];
  const details = objectsIn(message['reasoning_details']);
  if (only === undefined) {
    const keys = details.map(({ type, index, id, format }) => JSON.stringify([type, index, id, format]));
    expect(keys).to.have.lengthOf(new Set(keys).size);
  } else {
    expect(details).to.deep.equal(objectsIn(only['reasoning_details']));
  }
}

/** Reasoning stands in a field in which the provider sent it. */
function expectFields(message: JsonObject, messages: readonly JsonObject[], expected: Expected): void {
  const used = TEXT_FIELDS.filter((field) => field in message);
  for (const field of used)
    expect(
      messages.some((received) => field in received),
      field,
    ).to.equal(true);
  if (expected.reasoning === '') expect(used).to.deep.equal([]);
}

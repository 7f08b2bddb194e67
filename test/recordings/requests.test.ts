import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { CanonicalRequest, Json, JsonObject, Protocol } from '@claudex/sdk';
import { chatViolations } from '../support/rules/chat-rules.ts';
import { missingContent } from '../support/rules/missing-content.ts';
import { responsesViolations } from '../support/rules/responses-rules.ts';

const ROOT = process.env['CLAUDEX_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared/recordings');
const FOLDER = join(ROOT, 'anthropic');

const UPSTREAMS: readonly [Protocol, (body: JsonObject) => string[]][] = [
  [openaiChat, chatViolations],
  [openaiResponses, responsesViolations],
];

describe('recorded requests of Anthropic Messages', function () {
  if (!existsSync(FOLDER)) {
    it.skip(`no recordings found in ${FOLDER}`);
    return;
  }
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.request.json'))
    .toSorted();

  it('are there in numbers', () => {
    expect(files.length).to.be.greaterThan(150);
  });

  for (const file of files) {
    it(`translate ${file} with nothing of the user's content missing`, () => {
      const request = requestOf(file);
      for (const [protocol, violations] of UPSTREAMS) {
        const { body } = encode(protocol, request);
        expect(violations(body), protocol.id).to.deep.equal([]);
        expect(missingContent(request, body), protocol.id).to.deep.equal([]);
      }
    });

    it(`writes ${file} back as it came`, () => {
      const recorded = readJson(file);
      const { body } = encode(anthropicMessages, requestOf(file));
      expect(contentOf(body)).to.deep.equal(contentOf(recorded));
    });
  }
});

function encode(protocol: Protocol, request: CanonicalRequest) {
  let ids = 0;
  return protocol.encodeRequest({
    request,
    model: 'm',
    quirks: {},
    newId: (prefix) => `${prefix}_${(ids += 1)}`,
    estimatedInputTokens: 0,
  });
}

function requestOf(file: string): CanonicalRequest {
  const { client } = anthropicMessages;
  if (!client) throw new Error('the protocol has no client side');
  return client.decodeRequest(readJson(file), { betas: [] });
}

function readJson(file: string): JsonObject {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as JsonObject;
}

/** What a request says, without what the protocol may write in two ways: text as a string or as one block. */
function contentOf({ messages, system, tools }: JsonObject): Json[] {
  const turns = (messages as JsonObject[]).map((message) => ({ ...message, content: blocksOf(message['content']) }));
  return [turns, system === undefined || system === '' ? [] : blocksOf(system), tools ?? []];
}

function blocksOf(content: Json | undefined): Json {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) return content ?? null;
  return content.map((block) => {
    // `null` says the same as nothing.
    const said = Object.fromEntries(Object.entries(block as JsonObject).filter(([, value]) => value !== null));
    return said['type'] === 'tool_result' ? { ...said, content: blocksOf(said['content'] ?? []) } : said;
  });
}

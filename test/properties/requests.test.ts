import { expect } from 'chai';
import fc from 'fast-check';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { CanonicalRequest, CodecContext, ContentBlock, JsonObject, Protocol } from '@claudex/sdk';
import { chatViolations } from '../support/rules/chat-rules.ts';
import { missingContent } from '../support/rules/missing-content.ts';
import { responsesViolations } from '../support/rules/responses-rules.ts';
import { wireRequest } from './support/requests.ts';
import { RUNS } from './support/runs.ts';
import { context } from './support/translate.ts';

const UPSTREAMS: readonly [Protocol, (body: JsonObject) => string[]][] = [
  [openaiChat, chatViolations],
  [openaiResponses, responsesViolations],
];

for (const [protocol, violations] of UPSTREAMS) {
  describe(`any request in ${protocol.title}`, () => {
    it('satisfies every provider, with nothing of the user’s content missing', () => {
      fc.assert(
        fc.property(wireRequest, (wire) => {
          const request = decode(wire);
          const { body } = protocol.encodeRequest(contextWith(request));
          expect(violations(body)).to.deep.equal([]);
          const told = protocol.encodeRequest(contextWith(request)).losses.map(({ path }) => path);
          const missing = missingContent(wellFormed(request), body).filter((entry) => !isTold(pathIn(entry), told));
          expect(missing).to.deep.equal([]);
          expect(JSON.parse(JSON.stringify(body))).to.deep.equal(body);
        }),
        RUNS,
      );
    });
  });
}

describe('any answer that went to Chat Completions and back', () => {
  it('is the same in text, calls, ids and order', () => {
    fc.assert(
      fc.property(wireRequest, (wire) => {
        const request = decode(wire);
        const { body } = openaiChat.encodeRequest(contextWith(request));
        for (const message of body['messages'] as JsonObject[]) {
          if (message['role'] !== 'assistant') continue;
          const calls = (message['tool_calls'] ?? []) as {
            id: string;
            function: { name: string; arguments: string };
          }[];
          const answered = { choices: [{ message, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop' }] };
          const decoded = openaiChat.decodeResponse(answered, contextWith({ ...request, messages: [] }));
          if ('fault' in decoded) throw new Error(decoded.fault.message);
          const { content } = decoded.response;
          expect(textOf(content)).to.equal(message['content'] ?? '');
          const back = content.flatMap((block) => (block.type === 'tool_use' ? [[block.id, block.input]] : []));
          expect(back).to.deep.equal(calls.map((call) => [call.id, JSON.parse(call.function.arguments)]));
        }
      }),
      RUNS,
    );
  });
});

function decode(wire: JsonObject): CanonicalRequest {
  const { client } = anthropicMessages;
  if (!client) throw new Error('the protocol has no client side');
  return client.decodeRequest(wire, { betas: [] });
}

function contextWith(request: CanonicalRequest): CodecContext {
  return { ...context(), request };
}

function pathIn(entry: string): string {
  return entry.slice(0, entry.indexOf(': '));
}

/** Whether a loss speaks of this place, or of something that holds it. */
function isTold(place: string, told: readonly string[]): boolean {
  return told.some((path) => place === path || place.startsWith(`${path}.`));
}

/** What a provider can be sent at all: lone surrogates are not. */
function wellFormed(request: CanonicalRequest): CanonicalRequest {
  return JSON.parse(JSON.stringify(request), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  ) as CanonicalRequest;
}

function textOf(content: readonly ContentBlock[]): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

import { expect } from 'chai';
import type { CanonicalRequest } from '@claudex/sdk';
import fc from 'fast-check';
import { encodeRequest } from '../src/request.ts';
import type { ChatRequest } from '../src/wire.ts';
import { anyMessage, contextWith, conversationOf, quirks, step, TOOLS } from './request/support/conversations.ts';
import { problemsOf } from './request/support/rules.ts';

const toolChoice = fc.constantFrom<CanonicalRequest['tool_choice'][]>(
  undefined,
  { type: 'none' },
  { type: 'any', disable_parallel_tool_use: true },
  { type: 'tool', name: 'Later' },
  { type: 'tool', name: 'web_search' },
);
const tools = fc.subarray([...TOOLS]);

function bodyOf(request: Partial<CanonicalRequest>, deviations: Parameters<typeof contextWith>[1]): ChatRequest {
  return encodeRequest(contextWith(request, deviations)).body as unknown as ChatRequest;
}

describe('any conversation', () => {
  it('becomes one that every provider takes, the same every time', () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 8 }),
        tools,
        toolChoice,
        quirks,
        fc.boolean(),
        (messages, offered, choice, deviations, cacheControl) => {
          const request = { messages, tools: offered, ...(choice !== undefined && { tool_choice: choice }) };
          const before = structuredClone(request);
          const context = contextWith(request, { ...deviations, cacheControl });
          const encoded = encodeRequest(context);
          const mediaRoles = deviations.toolResultMedia === 'inline' ? ['user', 'tool'] : ['user'];
          expect(problemsOf(encoded.body as unknown as ChatRequest, mediaRoles)).to.deep.equal([]);
          expect(request).to.deep.equal(before);
          expect(JSON.stringify(encodeRequest(context))).to.equal(JSON.stringify(encoded));
          expect(JSON.stringify(encoded.body).match(/"cache_control"/g)?.length ?? 0).to.be.at.most(4);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('an orderly conversation', () => {
  it('keeps all that the user and the tools said, in order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), quirks, (steps, deviations) => {
        const { messages, said, results } = conversationOf(steps);
        const sent = JSON.stringify(bodyOf({ messages, tools: TOOLS }, { ...deviations, images: true }).messages);
        const places = said.map((name) => sent.indexOf(name));
        expect(places).not.to.include(-1);
        expect(places).to.deep.equal(places.toSorted((one, other) => one - other));
        for (const name of results) expect(sent, name).to.include(name);
      }),
      { numRuns: 500 },
    );
  });

  it('only grows on the wire when it grows by a turn, so that caches hit', () => {
    const output_config = { format: { type: 'json_schema', schema: { type: 'object' } } };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), quirks, (steps, deviations) => {
        const { messages } = conversationOf(steps);
        const request = { tools: TOOLS, output_config, system: [{ type: 'text' as const, text: 'S' }] };
        const whole = bodyOf({ ...request, messages }, deviations);
        for (const [index, { role }] of messages.entries()) {
          if (role !== 'assistant') continue;
          const earlier = bodyOf({ ...request, messages: messages.slice(0, index) }, deviations);
          expect(whole.messages.slice(0, earlier.messages.length)).to.deep.equal(earlier.messages);
          expect(whole.tools?.slice(0, earlier.tools?.length ?? 0)).to.deep.equal(earlier.tools ?? []);
        }
      }),
      { numRuns: 500 },
    );
  });
});

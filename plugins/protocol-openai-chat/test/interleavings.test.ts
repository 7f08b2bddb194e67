import { expect } from 'chai';
import fc from 'fast-check';
import type { SseEvent } from '@claudex/sdk';
import { assembleMessage, checkGrammar, interleavings, runMachine } from '@claudex/sdk/testing';
import { decodeStream } from '../src/stream.ts';
import { delta, finish, piece } from './support/chunks.ts';
import { contextOf } from '@claudex/sdk/testing';

interface Scene {
  readonly text: string[];
  readonly thinking: string[];
  readonly inputs: { readonly [key: string]: string }[];
  readonly seed: number;
}

const scenes: fc.Arbitrary<Scene> = fc.record({
  text: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 6 }),
  thinking: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 4 }),
  inputs: fc.array(fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 8 }), { maxKeys: 4 }), {
    maxLength: 4,
  }),
  seed: fc.nat(),
});

/** The pieces of one call, its arguments cut into three. */
function piecesOf(input: object, index: number): SseEvent[] {
  const json = JSON.stringify(input);
  const third = Math.ceil(json.length / 3);
  const fragments = [json.slice(0, third), json.slice(third, 2 * third), json.slice(2 * third)];
  return [
    piece({ index, id: `call_${index}`, type: 'function', function: { name: `tool_${index}`, arguments: '' } }),
    ...fragments.map((fragment) => piece({ index, function: { arguments: fragment } })),
  ];
}

function sequencesOf(scene: Scene): SseEvent[][] {
  return [
    scene.text.map((content) => delta({ content })),
    scene.thinking.map((reasoning_content) => delta({ reasoning_content })),
    ...scene.inputs.map(piecesOf),
  ];
}

describe('random interleavings of text, reasoning and parallel calls', () => {
  it('lose nothing, mix nothing up and keep the grammar', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        for (const merged of interleavings(sequencesOf(scene), { seed: scene.seed, count: 10 })) {
          const events = runMachine(decodeStream(contextOf()), [...merged, finish('stop')]);
          expect(checkGrammar(events)).to.deep.equal([]);
          const { content, stop_reason } = assembleMessage(events);
          expect(content.map((block) => (block.type === 'text' ? block.text : '')).join('')).to.equal(
            scene.text.join(''),
          );
          expect(content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join('')).to.equal(
            scene.thinking.join(''),
          );
          const calls = content.flatMap((block) =>
            block.type === 'tool_use' ? [[block.id, block.name, block.input]] : [],
          );
          const expected = scene.inputs.map((input, index) => [`call_${index}`, `tool_${index}`, { ...input }]);
          expect(calls).to.have.deep.members(expected);
          expect(stop_reason).to.equal(scene.inputs.length > 0 ? 'tool_use' : 'end_turn');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep the grammar wherever the connection breaks', () => {
    fc.assert(
      fc.property(scenes, fc.nat(), (scene, cut) => {
        for (const merged of interleavings(sequencesOf(scene), { seed: scene.seed, count: 3 })) {
          const events = runMachine(decodeStream(contextOf()), merged.slice(0, cut % (merged.length + 1)));
          expect(checkGrammar(events)).to.deep.equal([]);
          expect(events.at(-1)?.type).to.equal('error');
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('events of any kind', () => {
  const chunk = fc.record(
    {
      choices: fc.oneof(
        fc.json().map((text) => JSON.parse(text) as unknown),
        fc.array(
          fc.record({ index: fc.anything(), delta: fc.anything(), finish_reason: fc.anything() }, { requiredKeys: [] }),
        ),
      ),
      usage: fc.anything(),
      error: fc.constantFrom(undefined, null, '', 'x', {}, { message: 7 }),
      model: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const data = fc.oneof(
    fc.string(),
    fc.json(),
    chunk.map((value) => safeJson(value)),
    fc.constant('[DONE]'),
  );

  it('never throw and never break the grammar', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ event: fc.constantFrom('error', 'ping', 'message'), data }, { requiredKeys: ['data'] }), {
          maxLength: 8,
        }),
        (events) => {
          expect(checkGrammar(runMachine(decodeStream(contextOf()), events))).to.deep.equal([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** JSON of a value that may hold what JSON cannot. */
function safeJson(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null'
    );
  } catch {
    return '{}';
  }
}

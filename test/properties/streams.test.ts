import { expect } from 'chai';
import fc from 'fast-check';
import { assembleMessage, checkGrammar, randomChunks } from '@claudex/sdk/testing';
import { spokenAnswer } from './support/answers.ts';
import { RUNS } from './support/runs.ts';
import { context, eventsOf, meaningful, SIDES, type Side } from './support/translate.ts';
import type { SpokenAnswer } from '../matrix/support/conversation.ts';

for (const side of SIDES) {
  describe(`any answer in ${side.dialect.title}`, () => {
    it('reads the same however its bytes are cut', () => {
      fc.assert(
        fc.property(spokenAnswer, fc.integer(), fc.integer({ min: 1, max: 48 }), (answer, seed, longest) => {
          const bytes = bytesOf(side, answer);
          expect(eventsOf(side, randomChunks(bytes, seed, longest))).to.deep.equal(eventsOf(side, [bytes]));
        }),
        RUNS,
      );
    });

    it('arrives complete and in order', () => {
      fc.assert(
        fc.property(spokenAnswer, (answer) => {
          const events = eventsOf(side, [bytesOf(side, answer)]);
          expect(checkGrammar(events)).to.deep.equal([]);
          const { content, stop_reason: reason, usage } = assembleMessage(meaningful(events));
          const said = (type: string): typeof content => content.filter((block) => block.type === type);
          expect(said('thinking').map((block) => ('thinking' in block ? block.thinking : ''))).to.deep.equal(
            answer.reasoning ? [answer.reasoning.text] : [],
          );
          expect(said('text').map((block) => ('text' in block ? block.text : ''))).to.deep.equal(
            answer.text === undefined ? [] : [answer.text],
          );
          expect(said('tool_use').map((block) => ('input' in block ? [block.name, block.input] : []))).to.deep.equal(
            (answer.calls ?? []).map(({ name, input }) => [name, withoutUndefined(input)]),
          );
          expect(reason).to.equal(answer.calls ? 'tool_use' : 'end_turn');
          expect(usage).to.include({ input_tokens: 1200, output_tokens: 30 });
        }),
        RUNS,
      );
    });

    it('never ends when it is cut, and says so once', () => {
      fc.assert(
        fc.property(spokenAnswer, fc.double({ min: 0, max: 1, noNaN: true }), (answer, share) => {
          const events = side.dialect.stream(answer, 'm', 0);
          // From the event on that names the reason of the end, the answer counts as finished.
          const last = events.findIndex((text) => /"finish_reason":"|response\.completed|message_stop/.test(text));
          const whole = new TextEncoder().encode(events.slice(0, last).join(''));
          const cut = eventsOf(side, [whole.subarray(0, Math.floor(whole.length * share))]);
          expect(checkGrammar(cut)).to.deep.equal([]);
          expect(cut.filter(({ type }) => type === 'error')).to.have.lengthOf(1);
          expect(cut.some(({ type }) => type === 'message_stop')).to.equal(false);
          const open = meaningful(cut).filter(({ type }) => type === 'content_block_start').length;
          const closed = cut.filter(({ type }) => type === 'content_block_stop').length;
          expect(open - closed).to.be.within(0, 1);
        }),
        RUNS,
      );
    });

    it('keeps the grammar whatever happens to its bytes', () => {
      const noise = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: -1, max: 255 }) }), { maxLength: 12 });
      fc.assert(
        fc.property(spokenAnswer, noise, fc.integer(), (answer, changes, seed) => {
          const bytes = [...bytesOf(side, answer)];
          for (const { at, byte } of changes) {
            if (byte < 0) bytes.splice(at % bytes.length, 1);
            else bytes[at % bytes.length] = byte;
          }
          const events = eventsOf(side, randomChunks(Uint8Array.from(bytes), seed, 64));
          expect(checkGrammar(events)).to.deep.equal([]);
        }),
        RUNS,
      );
    });

    it('keeps the grammar when one byte in twenty is another', () => {
      fc.assert(
        fc.property(spokenAnswer, fc.infiniteStream(fc.nat()), fc.integer(), (answer, noise, seed) => {
          const bytes = bytesOf(side, answer).map((byte) => {
            const { value } = noise.next() as { value: number };
            return value % 20 === 0 ? (value / 20) % 256 : byte;
          });
          expect(checkGrammar(eventsOf(side, randomChunks(bytes, seed, 64)))).to.deep.equal([]);
        }),
        RUNS,
      );
    });

    it('keeps the grammar when the bytes were never an answer', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.json({ maxDepth: 3 })), (bytes, values) => {
          const soup = new TextEncoder().encode(values.map((value) => `data: ${value}\n\n`).join(''));
          expect(checkGrammar(eventsOf(side, [bytes, soup]))).to.deep.equal([]);
        }),
        RUNS,
      );
    });

    it('says the same in one piece as in a stream', () => {
      fc.assert(
        fc.property(spokenAnswer, (answer) => {
          const decoded = side.protocol.decodeResponse(
            JSON.parse(JSON.stringify(side.dialect.whole(answer, 'm', 0))),
            context(),
          );
          if ('fault' in decoded) throw new Error(decoded.fault.message);
          const { id: _one, ...whole } = decoded.response;
          const { id: _other, ...streamed } = assembleMessage(meaningful(eventsOf(side, [bytesOf(side, answer)])));
          expect(streamed.content).to.deep.equal(whole.content);
          expect(streamed.stop_reason).to.equal(whole.stop_reason);
        }),
        RUNS,
      );
    });
  });
}

function bytesOf({ dialect }: Side, answer: SpokenAnswer): Uint8Array {
  return new TextEncoder().encode(dialect.stream(answer, 'm', 0).join(''));
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

import fc from 'fast-check';
import type { SpokenAnswer } from '../../matrix/support/conversation.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

/** Objects as tools take them, with names and texts of every kind. */
const toolInput = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 4,
  noNullPrototype: true,
}) as fc.Arbitrary<{ [field: string]: unknown }>;

const call = fc.record({ name: fc.constantFrom('Read', 'Bash', 'mcp__files__list'), input: toolInput });

/** Whatever a model can say in one answer; never nothing at all. */
export const spokenAnswer: fc.Arbitrary<SpokenAnswer> = fc
  .record(
    {
      reasoning: fc.record({ text, state: fc.base64String({ minLength: 4, maxLength: 24 }) }),
      text,
      calls: fc.array(call, { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .filter((answer) => answer.text !== undefined || answer.calls !== undefined);

import type { JsonObject } from '../../index.ts';

/** Texts that have broken translators. Some of them get a mark behind them. */
export const ODD_TEXTS: readonly string[] = [
  'plain',
  'plain',
  'two\nlines',
  '',
  ' ',
  '\n\n',
  '\u0000',
  '\ud800',
  'x\udfff',
  '😀é\u2028',
  '{"a":1}',
  '<think>',
  '</tool_call>',
  'data: [DONE]',
  'x-anthropic-billing-header: a=b;',
];

/** Ids of calls. The pool is small, so that orphans, repetitions and pairs all occur. */
export const ODD_IDS: readonly string[] = [
  'toolu_1',
  'toolu_2',
  'call:a|1/#?',
  'call:a_1/#?',
  'é',
  '__proto__',
  'i'.repeat(64),
  'i'.repeat(65),
  'j'.repeat(500),
];

/** Names of tools. */
export const ODD_NAMES: readonly string[] = [
  'Read',
  'Write',
  'mcp__server__tool',
  'mcp__server.with.dots__tool',
  'mcp__server_with_dots__tool',
  'constructor',
  '__proto__',
  'naïve tool',
  '1st',
  'n'.repeat(64),
  'n'.repeat(65),
  `${'n'.repeat(150)}2`,
];

const DEEP: JsonObject = Array.from({ length: 40 }).reduce<JsonObject>(
  (inner) => ({ type: 'object', properties: { inner } }),
  { type: 'string' },
);

/** Schemas of tools, from none to ones that providers refuse. */
export const ODD_SCHEMAS: readonly JsonObject[] = [
  {},
  { type: 'object', properties: {} },
  { type: 'object', properties: { path: { type: 'string', description: 'Where.' } }, required: ['path'] },
  { type: 'object', properties: { pattern: { type: 'string', pattern: '^a+$' }, format: { type: 'string' } } },
  { type: 'object', properties: { any: true, none: false }, additionalProperties: false },
  { $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { self: { $ref: '#/$defs/a' } } } } },
  { anyOf: [{ type: 'object', properties: { a: { const: 1 } } }, { type: 'object' }] },
  { type: ['object', 'null'], properties: { when: { type: ['string', 'null'], format: 'date-time' } } },
  { type: 'string' },
  { type: 'object', properties: null },
  { type: 'object', properties: { many: { enum: Array.from({ length: 2000 }, (_one, index) => `value ${index}`) } } },
  { type: 'object', properties: { list: { type: 'array' }, '': {}, __proto: {} } },
  { type: 'object', properties: { a: { $ref: '#/nowhere' }, b: { minimum: 1, exclusiveMinimum: true } } },
  DEEP,
];

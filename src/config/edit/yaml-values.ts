import { isScalar, stringify } from 'yaml';
import type { Node } from 'yaml';
import type { JsonLike } from '../tables.ts';

/** How a value is written in place of a node, or inside one. */
export type TextOfValue = (value: JsonLike, old: Node | null, isFlow: boolean) => string;

/** Texts with line ends in them are written with escapes. */
const ON_ONE_LINE = {
  lineWidth: 0,
  blockQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** On one line, in the kind of quotes that the old text had. Inside brackets texts are quoted: a comma would end them. */
export const flowText: TextOfValue = (value, old, isFlow) => {
  const style = isScalar(old) ? old.type : undefined;
  const quoted = style === 'QUOTE_SINGLE' ? 'QUOTE_SINGLE' : 'QUOTE_DOUBLE';
  const isQuoted =
    isFlow || style === 'QUOTE_SINGLE' || style === 'QUOTE_DOUBLE' || typeof value === 'object' || hasLineEnds(value);
  return stringify(value, {
    collectionStyle: 'flow',
    ...ON_ONE_LINE,
    singleQuote: style === 'QUOTE_SINGLE',
    defaultStringType: isQuoted ? quoted : 'PLAIN',
    defaultKeyType: 'QUOTE_DOUBLE',
  }).trimEnd();
};

/** JSON on one line. */
export const jsonText: TextOfValue = (value) => JSON.stringify(value);

/** What is between the brackets of JSON on several lines, `gap` being the line end and the indentation. */
export function jsonLines(content: JsonLike, gap: string): string {
  const lines = JSON.stringify(content, undefined, 2).split('\n').slice(1, -1);
  return lines.map((line) => line.slice(2)).join(gap);
}

/** The lines of a value in block style. */
export function yamlLines(value: JsonLike): string[] {
  return stringify(value, {
    ...ON_ONE_LINE,
    defaultStringType: hasLineEnds(value) ? 'QUOTE_DOUBLE' : 'PLAIN',
    aliasDuplicateObjects: false,
  })
    .trimEnd()
    .split('\n');
}

/** A text with a line end is only safe in double quotes. */
function hasLineEnds(value: JsonLike): boolean {
  return /\\[nr]/.test(JSON.stringify(value));
}

import type { Refusal } from '../../index.ts';
import type { ErrorDetails } from './error-body.ts';

/** Words that leave no doubt. */
const INVALID_SCHEMA = /invalid schema for (?:function|tool) ['"`]?([\w.:-]+)/i;

const TOOL_TEXTS: readonly RegExp[] = [
  /schema (?:of|for) (?:the )?(?:function|tool) ['"`]?([\w.:-]+)/i,
  /(?:function|tool) ['"`]([\w.:-]+)['"`][^.]*?\bschema\b/i,
];

/** Words of a complaint about a call or its result, which a tool that is left out would not mend. */
const ABOUT_CALL = /\b(?:arguments?|results?|outputs?|tool_calls?)\b|\bmessages\[/i;

/** Paths into the list of tools. Gemini counts the functions inside its one tool, and names that one in front. */
const PLACES: readonly RegExp[] = [
  /\bfunction_?declarations\[(\d{1,4})\]/gi,
  /\btools\[(\d{1,4})\]/gi,
  /\btools\.(\d{1,4})\./gi,
];

/** The tool that an error text names. */
export function findRefusedTool(text: string): Refusal | undefined {
  const patterns = ABOUT_CALL.test(text) ? [INVALID_SCHEMA] : [INVALID_SCHEMA, ...TOOL_TEXTS];
  for (const pattern of patterns) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return { part: 'tool', name: name.replace(/[.:]+$/, '') };
  }
  return undefined;
}

/** The tool that an error names by its place. One that is about several tools is about what all of them have. */
export function findRefusedPlace({ param = '' }: ErrorDetails, text: string): Refusal | undefined {
  for (const where of [text, param]) {
    for (const pattern of PLACES) {
      const places = new Set([...where.matchAll(pattern)].map(([, place]) => Number(place)));
      const [index] = places;
      if (index !== undefined) return places.size === 1 ? { part: 'tool', index } : undefined;
    }
  }
  return undefined;
}

import type { Refusal } from '../../index.ts';
import type { ErrorDetails } from './error-body.ts';

const TOOL_TEXTS: readonly RegExp[] = [
  /invalid schema for (?:function|tool) ['"`]?([\w.:-]+)/i,
  /schema (?:of|for) (?:the )?(?:function|tool) ['"`]?([\w.:-]+)/i,
  /(?:function|tool) ['"`]([\w.:-]+)['"`][^.]*?\bschema\b/i,
];

/** Paths into the list of tools. Gemini counts the functions inside its one tool, and names that one in front. */
const PLACES: readonly RegExp[] = [
  /\bfunction_?declarations\[(\d{1,4})\]/gi,
  /\btools\[(\d{1,4})\]/gi,
  /\btools\.(\d{1,4})\./gi,
];

/** The tool that an error text names. */
export function findRefusedTool(text: string): Refusal | undefined {
  for (const pattern of TOOL_TEXTS) {
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

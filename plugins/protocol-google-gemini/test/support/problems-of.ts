import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { GeminiContent } from '../../src/wire.ts';

/** What a model of Gemini 3 refuses in the contents of a request, as sentences. */
export function problemsOf(contents: readonly GeminiContent[]): string[] {
  const problems = contents[0]?.role === 'user' ? [] : ['the user does not speak first'];
  const ids = new Set<unknown>();
  for (const [place, { role, parts }] of contents.entries()) {
    if (place > 0 && contents[place - 1]?.role === role) problems.push('two contents of one role in a row');
    if (parts.length === 0) problems.push('a content without parts');
    if (parts.some((part) => part['text'] === '' && part['thoughtSignature'] === undefined))
      problems.push('an empty text');
    const calls = callsOf(parts);
    const answers = fieldsOf(contents[place + 1]?.parts ?? [], 'functionResponse');
    if (role === 'user' && calls.length > 0) problems.push('a call of the user');
    if (role === 'user') continue;
    if (namesOf(calls) !== namesOf(answers)) problems.push('calls that the next turn does not answer one by one');
    if (calls.length > 0 && parts.find((part) => 'functionCall' in part)?.['thoughtSignature'] === undefined)
      problems.push('a step whose first call has no signature');
    for (const { id } of calls) {
      if (ids.has(id)) problems.push('an id used twice');
      ids.add(id);
    }
  }
  return problems;
}

function callsOf(parts: GeminiContent['parts']): JsonObject[] {
  return fieldsOf(parts, 'functionCall');
}

function fieldsOf(parts: GeminiContent['parts'], field: 'functionCall' | 'functionResponse'): JsonObject[] {
  return parts.map((part) => part[field]).filter((value): value is JsonObject => isJsonObject(value));
}

function namesOf(list: readonly JsonObject[]): string {
  return JSON.stringify(list.map(({ id, name }) => [id, name]));
}

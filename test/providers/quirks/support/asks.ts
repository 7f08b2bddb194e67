import type { JsonObject } from '@claudex/sdk';

/** Fields of requests that provoke quirks. */
export const TOOL: JsonObject = {
  name: 'look',
  description: 'Looks at a file.',
  input_schema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};
export const PICTURE: JsonObject = {
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data: 'UElDVFVSRQ==' },
};
export const PICTURE_ELSEWHERE: JsonObject = {
  type: 'image',
  source: { type: 'url', url: 'https://pictures.example/cat.png' },
};
export const PDF: JsonObject = {
  type: 'document',
  title: 'plan',
  source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
};
export const SEARCH: JsonObject = { type: 'web_search_20250305', name: 'web_search' };
export const SCHEMA: JsonObject = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

export const THINKING: JsonObject = { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } };
export const NOT_THINKING: JsonObject = { thinking: { type: 'disabled' } };

/** A value as a text; empty for anything else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const user = (...content: JsonObject[]): JsonObject => ({ role: 'user', content });
export const assistant = (...content: JsonObject[]): JsonObject => ({ role: 'assistant', content });
export const words = (text: string): JsonObject => ({ type: 'text', text });

/** A question, a call of the tool, and what it answered; `more` follows the result in the same message. */
export function called(
  result: JsonObject[] = [words('result')],
  more: JsonObject[] = [],
  id = 'toolu_1',
): JsonObject[] {
  return [
    user(words('question')),
    assistant({ type: 'tool_use', id, name: 'look', input: { path: 'a' } }),
    user({ type: 'tool_result', tool_use_id: id, content: result }, ...more),
  ];
}

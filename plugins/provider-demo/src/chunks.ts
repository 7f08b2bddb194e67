import type { Completion } from './completion.ts';

const WORDS_PER_DELTA = 4;
const PIECES_OF_ARGUMENTS = 3;

/**
 * The chunks of a streamed completion in order: the role, reasoning, text, each tool call in several deltas,
 * the finish reason, and the usage when the client asked for it.
 */
export function* toChunks(completion: Completion, includeUsage: boolean): Generator<object> {
  const { id, created, model, usage } = completion;
  const chunk = (choices: object[], rest: object = {}): object => {
    return { id, object: 'chat.completion.chunk', created, model, choices, ...rest };
  };
  const unknownYet = includeUsage ? { usage: null } : {};
  for (const delta of deltasOf(completion)) {
    yield chunk([{ index: 0, delta, logprobs: null, finish_reason: null }], unknownYet);
  }
  yield chunk([{ index: 0, delta: {}, logprobs: null, finish_reason: completion.finish }], unknownYet);
  if (includeUsage) yield chunk([], { usage });
}

function* deltasOf({ reasoning, text, calls }: Completion): Generator<object> {
  yield { role: 'assistant', content: calls.length > 0 && text === '' ? null : '' };
  for (const piece of wordsOf(reasoning)) yield { reasoning_content: piece };
  for (const piece of wordsOf(text)) yield { content: piece };
  for (const [index, call] of calls.entries()) {
    const { name, arguments: json } = call.function;
    yield { tool_calls: [{ index, id: call.id, type: 'function', function: { name, arguments: '' } }] };
    for (const piece of piecesOf(json)) yield { tool_calls: [{ index, function: { arguments: piece } }] };
  }
}

function wordsOf(text: string): string[] {
  const words = text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text]);
  const pieces: string[] = [];
  for (let start = 0; start < words.length; start += WORDS_PER_DELTA) {
    pieces.push(words.slice(start, start + WORDS_PER_DELTA).join(''));
  }
  return pieces;
}

function piecesOf(json: string): string[] {
  // Whole characters, so that no piece ends in half a surrogate pair.
  const characters = Array.from(json);
  const size = Math.max(1, Math.ceil(characters.length / PIECES_OF_ARGUMENTS));
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += size) {
    pieces.push(characters.slice(start, start + size).join(''));
  }
  return pieces;
}

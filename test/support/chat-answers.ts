import type { ScriptedAnswer } from './scripted-chat-upstream.ts';

const PIECE_LENGTH = 12;
const USAGE = { prompt_tokens: 100, completion_tokens: 20 };

interface NumberedCall {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** The answer as the chunks of a stream: role, text, then the calls' arguments taking turns, finish, usage. */
export function chatChunks(model: string, answer: ScriptedAnswer, n: number): unknown[] {
  const calls = numberCalls(answer, n);
  const deltas: unknown[] = [{ role: 'assistant', content: '' }];
  deltas.push(...pieces(answer.text ?? '').map((content) => ({ content })));
  for (const { index, id, name } of calls) {
    deltas.push({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] });
  }
  const parts = calls.map((call) => pieces(call.arguments));
  const rounds = Math.max(0, ...parts.map((list) => list.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const { index } of calls) {
      const part = parts[index]?.[round];
      if (part !== undefined) deltas.push({ tool_calls: [{ index, function: { arguments: part } }] });
    }
  }
  const chunk = (choices: unknown[], usage: unknown = null): unknown => ({
    id: `chatcmpl-${n}`,
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model,
    choices,
    usage,
  });
  return [
    ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: finishReason(answer) }]),
    chunk([], usageOf(answer)),
  ];
}

/** The answer as one JSON body. */
export function chatCompletion(model: string, answer: ScriptedAnswer, n: number): unknown {
  const calls = numberCalls(answer, n).map(({ id, name, arguments: text }) => ({
    id,
    type: 'function',
    function: { name, arguments: text },
  }));
  const message = { role: 'assistant', content: answer.text ?? null, ...(calls.length > 0 && { tool_calls: calls }) };
  return {
    id: `chatcmpl-${n}`,
    object: 'chat.completion',
    created: 1_700_000_000,
    model,
    choices: [{ index: 0, message, finish_reason: finishReason(answer) }],
    usage: usageOf(answer),
  };
}

function numberCalls(answer: ScriptedAnswer, n: number): NumberedCall[] {
  return (answer.toolCalls ?? []).map((call, index) => ({
    index,
    id: call.id ?? `call_${n}_${index}`,
    name: call.name,
    arguments: JSON.stringify(call.input),
  }));
}

function finishReason(answer: ScriptedAnswer): string {
  return answer.finishReason ?? ((answer.toolCalls ?? []).length > 0 ? 'tool_calls' : 'stop');
}

function usageOf(answer: ScriptedAnswer): unknown {
  const usage = answer.usage ?? USAGE;
  return { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens };
}

function pieces(text: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length; start += PIECE_LENGTH) found.push(text.slice(start, start + PIECE_LENGTH));
  return found;
}

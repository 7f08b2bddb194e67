import { wireEvent, type Content, type Dialect } from './dialect.ts';

const HEAD = { id: 'chatcmpl-scripted', created: 1_790_000_000, model: 'scripted' };
const USAGE = { prompt_tokens: 50, completion_tokens: 10, total_tokens: 60 };

/** Chat Completions with `reasoning_content`. */
export const chat: Dialect = {
  title: 'Chat Completions',
  providerType: 'OpenAICompatible',
  handshake: 1,
  events(content) {
    const { thinking = [], text = [], tool } = content;
    const call = (fields: object): object => ({ tool_calls: [{ index: 0, ...fields }] });
    const deltas = [
      { role: 'assistant', content: '' },
      ...thinking.map((piece) => ({ reasoning_content: piece })),
      ...text.map((piece) => ({ content: piece })),
      ...(tool
        ? [
            call({ id: tool.id, type: 'function', function: { name: tool.name, arguments: '' } }),
            ...tool.pieces.map((piece) => call({ function: { arguments: piece } })),
          ]
        : []),
    ];
    return [
      ...deltas.map((delta) => chunkOf({ choices: [{ index: 0, delta, finish_reason: null }] })),
      chunkOf({ choices: [{ index: 0, delta: {}, finish_reason: finishReason(content) }] }),
      chunkOf({ choices: [], usage: USAGE }),
      wireEvent(undefined, '[DONE]'),
    ];
  },
  whole(content) {
    const { thinking, text, tool } = content;
    const calls = tool && [
      { id: tool.id, type: 'function', function: { name: tool.name, arguments: tool.pieces.join('') } },
    ];
    const message = {
      role: 'assistant',
      content: text?.join('') ?? null,
      ...(thinking && { reasoning_content: thinking.join('') }),
      ...(calls && { tool_calls: calls }),
    };
    const choices = [{ index: 0, message, finish_reason: finishReason(content) }];
    return { ...HEAD, object: 'chat.completion', choices, usage: USAGE };
  },
  error: (type, message) => ({ error: { type, message, param: null, code: null } }),
  overloaded: wireEvent(undefined, { error: { type: 'server_error', code: 503, message: 'Overloaded' } }),
};

function chunkOf(fields: object): string {
  return wireEvent(undefined, { ...HEAD, object: 'chat.completion.chunk', ...fields });
}

function finishReason({ tool }: Content): string {
  return tool ? 'tool_calls' : 'stop';
}

import { wireEvent, type Content, type Dialect } from './dialect.ts';

const HEAD = { id: 'msg_scripted', type: 'message', role: 'assistant', model: 'scripted' };
const USAGE = { input_tokens: 50, output_tokens: 10 };
const SIGNATURE = 'c2NyaXB0ZWQtc2lnbmF0dXJl';

interface Block {
  readonly opening: object;
  readonly deltas: readonly object[];
}

/** Anthropic Messages: the bytes of the answer are passed through. */
export const messages: Dialect = {
  title: 'Messages',
  providerType: 'DirectAnthropic',
  handshake: 1,
  events(content) {
    const start = { ...HEAD, content: [], stop_reason: null, stop_sequence: null, usage: USAGE };
    const delta = { stop_reason: stopReason(content), stop_sequence: null };
    return [
      event('message_start', { message: start }),
      ...blocksOf(content).flatMap(({ opening, deltas }, index) => [
        event('content_block_start', { index, content_block: opening }),
        ...deltas.map((step) => event('content_block_delta', { index, delta: step })),
        event('content_block_stop', { index }),
      ]),
      event('message_delta', { delta, usage: USAGE }),
      event('message_stop', {}),
    ];
  },
  whole(content) {
    const { thinking, text, tool } = content;
    const blocks = [
      ...(thinking ? [{ type: 'thinking', thinking: thinking.join(''), signature: SIGNATURE }] : []),
      ...(text ? [{ type: 'text', text: text.join('') }] : []),
      ...(tool
        ? [{ type: 'tool_use', id: tool.id, name: tool.name, input: JSON.parse(tool.pieces.join('')) as unknown }]
        : []),
    ];
    return { ...HEAD, content: blocks, stop_reason: stopReason(content), stop_sequence: null, usage: USAGE };
  },
  error: (type, message) => ({ type: 'error', error: { type, message } }),
  overloaded: wireEvent('error', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
};

function event(type: string, fields: object): string {
  return wireEvent(type, { type, ...fields });
}

function stopReason({ tool }: Content): string {
  return tool ? 'tool_use' : 'end_turn';
}

function blocksOf({ thinking, text, tool }: Content): Block[] {
  const blocks: Block[] = [];
  if (thinking) {
    const deltas = thinking.map((piece) => ({ type: 'thinking_delta', thinking: piece }));
    const opening = { type: 'thinking', thinking: '', signature: '' };
    blocks.push({ opening, deltas: [...deltas, { type: 'signature_delta', signature: SIGNATURE }] });
  }
  if (text) {
    const deltas = text.map((piece) => ({ type: 'text_delta', text: piece }));
    blocks.push({ opening: { type: 'text', text: '' }, deltas });
  }
  if (tool) {
    const deltas = tool.pieces.map((piece) => ({ type: 'input_json_delta', partial_json: piece }));
    blocks.push({ opening: { type: 'tool_use', id: tool.id, name: tool.name, input: {} }, deltas });
  }
  return blocks;
}

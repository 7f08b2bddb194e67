import { chat } from '../../matrix/dialects/chat.ts';
import type { VendorWire } from './vendor.ts';

/** In which form a vendor gives its reasoning in Chat Completions. */
export type ReasoningForm =
  /** A text of this name. */
  | 'reasoning_content'
  | 'reasoning'
  /** OpenRouter: a text, and the same as a list of details. */
  | 'details'
  /** MiniMax: each chunk repeats the list so far. */
  | 'snapshots'
  /** Mistral: blocks in the content. */
  | 'blocks';

type Json = { [field: string]: unknown };

/** Chat Completions whose reasoning has this form. */
export function chatDialect(form: ReasoningForm): VendorWire['dialect'] {
  if (form === 'reasoning_content') return chat;
  return {
    ...chat,
    whole(answer, model, n) {
      const whole = structuredClone(chat.whole(answer, model, n)) as { choices: { message: Json }[] };
      const write = writerOf(form);
      for (const { message } of whole.choices) write(message);
      return whole;
    },
    stream(answer, model, n) {
      const write = writerOf(form);
      return chat.stream(answer, model, n).map((event) => {
        if (!event.includes('reasoning_content')) return event;
        const chunk = JSON.parse(event.slice('data: '.length)) as { choices: { delta: Json }[] };
        for (const { delta } of chunk.choices) write(delta);
        return `data: ${JSON.stringify(chunk)}\n\n`;
      });
    },
  };
}

/** Rewrites one message, or one delta after the other. */
function writerOf(form: Exclude<ReasoningForm, 'reasoning_content'>): (message: Json) => void {
  let before = '';
  return (message) => {
    const { reasoning_content: text, ...rest } = message;
    if (typeof text !== 'string') return;
    for (const name of Object.keys(message)) delete message[name];
    before += text;
    Object.assign(message, rest, written(form, text, before, rest['content']));
  };
}

function written(form: ReasoningForm, text: string, whole: string, content: unknown): Json {
  if (form === 'reasoning') return { reasoning: text };
  if (form === 'details')
    return { reasoning: text, reasoning_details: [{ type: 'reasoning.text', text, format: 'unknown', index: 0 }] };
  if (form === 'snapshots') {
    const detail = { type: 'reasoning.text', id: 'reasoning-text-1', format: 'MiniMax-response-v1', index: 0 };
    return { reasoning_details: [{ ...detail, text: whole }] };
  }
  const thinking = { type: 'thinking', thinking: [{ type: 'text', text }] };
  return { content: typeof content === 'string' ? [thinking, { type: 'text', text: content }] : [thinking] };
}

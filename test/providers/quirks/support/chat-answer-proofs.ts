import type { JsonObject } from '@claudex/sdk';
import { expect } from 'chai';
import { THINKING, TOOL, textOf, user, words } from './asks.ts';
import { lastOf, type ChatMessage } from './chat-body.ts';
import type { Proof, ProofTable } from './proof.ts';

const blocksOf = (answer: JsonObject): readonly JsonObject[] => answer['content'] as unknown as readonly JsonObject[];
const saidIn = (answer: JsonObject, type: 'text' | 'thinking'): string =>
  blocksOf(answer)
    .filter((block) => block['type'] === type)
    .map((block) => textOf(block[type]))
    .join('');

const CALL = { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"path":"a"}' } };

/** Where the reasoning of an assistant's message stands, in one of its fields or in its text. */
function placeOf(message: ChatMessage | undefined): string {
  if (message === undefined) return 'nowhere';
  const fields = ['reasoning_content', 'reasoning', 'reasoning_details'];
  const field = fields.find((name) => JSON.stringify(message[name] ?? '').includes('because'));
  return field ?? (JSON.stringify(message.content).includes('<think>because</think>') ? 'tags' : 'none');
}

/** Proofs of how an answer of Chat is read, and what of it goes back. */
export const chatAnswerProofs = {
  reasoningReplay: async (value, wire) => {
    for (const field of ['reasoning_content', 'reasoning']) {
      const first = { messages: [user(words('question'))], tools: [TOOL] };
      const { answer } = await wire.ask(first, [{ [field]: 'because' }, { tool_calls: [CALL] }]);
      const result = { type: 'tool_result', tool_use_id: 'call_1', content: 'result' };
      const history = [...first.messages, { role: 'assistant', content: answer['content'] ?? [] }, user(result)];
      const { sent } = await wire.ask({ messages: history, tools: [TOOL] });
      expect(placeOf(lastOf(sent, 'assistant'))).to.equal(value === 'received' ? field : value);
    }
  },
  reasoningDetails: async (value, wire) => {
    const detail = (text: string): JsonObject => ({
      reasoning_details: [{ type: 'reasoning.text', id: 'r1', index: 0, text }],
    });
    const said = value === 'snapshots' ? [detail('be'), detail('because')] : [detail('be'), detail('cause')];
    const { sent, answer } = await wire.ask({}, [...said, { content: 'ok' }]);
    if (sent['stream'] === true) expect(saidIn(answer, 'thinking')).to.equal('because');
    const { answer: whole } = await wire.ask({}, [detail('because'), { content: 'ok' }]);
    expect(saidIn(whole, 'thinking')).to.equal('because');
  },
  thinkTags: async (value, wire) => {
    const { answer } = await wire.ask(THINKING, [{ content: '<think>because</think>ok' }]);
    expect(saidIn(answer, 'thinking')).to.equal(value === false ? '' : 'because');
    const { answer: late } = await wire.ask(THINKING, [{ content: 'because</think>ok' }]);
    expect(saidIn(late, 'text')).to.equal(value === 'opening-omitted' ? 'ok' : 'because</think>ok');
  },
  toolCallMarkup: async (value, wire) => {
    const printed = '<tool_call>\n{"name": "look", "arguments": {"path": "a"}}\n</tool_call>';
    const { answer } = await wire.ask({ tools: [TOOL] }, [{ content: printed }]);
    const call = blocksOf(answer).find(({ type }) => type === 'tool_use');
    expect(call?.['input']).to.deep.equal(value ? { path: 'a' } : undefined);
  },
} satisfies { readonly [Name in keyof ProofTable]?: Extract<ProofTable[Name], Proof<never>> };

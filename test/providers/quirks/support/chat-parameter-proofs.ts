import { chooseEffort } from '@claudex/sdk/codec';
import type { JsonObject, ReasoningRequest } from '@claudex/sdk';
import { expect } from 'chai';
import { NOT_THINKING, SCHEMA, SEARCH, THINKING } from './asks.ts';
import type { Proof, ProofTable, Wire } from './proof.ts';

const LIMIT_FIELDS = ['max_tokens', 'max_completion_tokens'];

/** Every field that asks for reasoning, somewhere. */
const REASONING_FIELDS = [
  'reasoning_effort',
  'reasoning',
  'thinking',
  'enable_thinking',
  'thinking_budget',
  'chat_template_kwargs',
];

/** The level on the wire for what the client wants, in the provider's word. */
function wordFor(effort: string | undefined, { facts, quirks }: Wire): string | undefined {
  const wanted = effort === undefined ? ({ off: true } as const) : ({ off: false, effort } as const);
  const level = chooseEffort(wanted, facts?.reasoning);
  return level === undefined ? undefined : (quirks.effortWords?.[level] ?? level);
}

/** Which fields ask for much reasoning, and which for none where the model can do without. */
const ASKED: { readonly [Form in ReasoningRequest]: (isOn: boolean, wire: Wire) => JsonObject } = {
  none: () => ({}),
  effort: (isOn, wire) => table({ reasoning_effort: wordFor(isOn ? 'high' : undefined, wire) }),
  'reasoning-object'(isOn, wire) {
    const effort = isOn ? wordFor('high', wire) : undefined;
    return { reasoning: effort === undefined ? { enabled: isOn } : { effort } };
  },
  'reasoning-switch-and-effort': (isOn, wire) =>
    table({ reasoning: { enabled: isOn }, reasoning_effort: isOn ? wordFor('high', wire) : undefined }),
  'thinking-switch': (isOn) => ({ thinking: { type: isOn ? 'enabled' : 'disabled' } }),
  'thinking-switch-and-effort': (isOn, wire) =>
    table({ thinking: switched(isOn), reasoning_effort: isOn ? wordFor('high', wire) : undefined }),
  'thinking-budget': (isOn) => ({ thinking: isOn ? { type: 'enabled', budget_tokens: 2_000 } : { type: 'disabled' } }),
  'enable-thinking': (isOn) => ({ enable_thinking: isOn, ...(isOn && { thinking_budget: 2_000 }) }),
  'enable-thinking-and-effort': (isOn, wire) =>
    table({ enable_thinking: isOn, reasoning_effort: isOn ? wordFor('high', wire) : undefined }),
  'template-switch': (isOn, { quirks }) => ({
    chat_template_kwargs: { [quirks.templateSwitch ?? 'enable_thinking']: isOn },
  }),
};

const switched = (isOn: boolean): JsonObject => ({ type: isOn ? 'enabled' : 'disabled' });

function table(fields: { readonly [field: string]: unknown }): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** A table may have more than what asks for reasoning. */
function expectAsked(sent: unknown, expected: unknown, field: string): void {
  if (typeof expected === 'object') expect(sent, field).to.deep.include(expected);
  else expect(sent, field).to.equal(expected);
}

const reasoningRequest: Proof<ReasoningRequest> = async (form, wire) => {
  const { efforts, canDisable, budget } = wire.facts?.reasoning ?? {};
  const reasons = efforts?.length !== 0 || canDisable !== undefined || budget !== undefined;
  for (const isOn of canDisable === false ? [true] : [true, false]) {
    const { sent } = await wire.ask(isOn ? THINKING : NOT_THINKING);
    const expected = ASKED[reasons ? form : 'none'](isOn, wire);
    for (const field of REASONING_FIELDS) {
      const extra = wire.quirks.extraFields?.[field] ?? wire.quirks.whileReasoning?.extraFields?.[field];
      if (wire.quirks.omitFields?.includes(field) === true) expect(sent).not.to.have.property(field);
      else if (field in expected) expectAsked(sent[field], expected[field], field);
      else if (extra === undefined) expect(sent).not.to.have.property(field);
    }
  }
};

/** Proofs of what stands beside the messages of Chat. */
export const chatParameterProofs = {
  maxOutputTokensField: async (value, wire) => {
    const { sent } = await wire.ask({ max_tokens: 3_000 });
    for (const field of LIMIT_FIELDS) {
      if (field === value) expect(sent[field]).to.equal(3_000);
      else expect(sent).not.to.have.property(field);
    }
  },
  streamUsage: async (value, wire) => {
    const { sent } = await wire.ask({ stream: true });
    if (value && sent['stream'] === true) expect(sent['stream_options']).to.deep.equal({ include_usage: true });
    else expect(sent).not.to.have.property('stream_options');
  },
  maxStopSequences: async (value, wire) => {
    const sequences = Array.from({ length: value + 3 }, (_, place) => `S${place}`);
    const { sent } = await wire.ask({ stop_sequences: sequences });
    expect(sent['stop']).to.deep.equal(value === 0 ? undefined : sequences.slice(0, value));
  },
  stopSequenceMaxBytes: async (value, wire) => {
    const { sent } = await wire.ask({ stop_sequences: ['é'.repeat(Math.floor(value / 2) + 1), 'END'] });
    expect(sent['stop']).to.deep.equal(['END']);
  },
  responseFormat: async (value, wire) => {
    const { sent } = await wire.ask({ output_config: { format: { type: 'json_schema', schema: SCHEMA } } });
    const format = sent['response_format'];
    if (value === 'none') expect(format).to.equal(undefined);
    else expect(format).to.include({ type: value });
    const isInWords = JSON.stringify(sent['messages']).includes('JSON schema');
    expect(isInWords).to.equal(value !== 'json_schema');
  },
  webSearch: async (value, wire) => {
    const { sent } = await wire.ask({ tools: [SEARCH] });
    expect('web_search_options' in sent).to.equal(value === 'options');
    expect('plugins' in sent).to.equal(value === 'openrouter-plugin');
  },
  reasoningRequest,
  effortWords: async (value, wire) => {
    for (const [level, word] of Object.entries(value)) {
      const { sent } = await wire.ask(level === 'none' ? NOT_THINKING : { output_config: { effort: level } });
      const asked = JSON.stringify(sent['reasoning_effort'] ?? sent['reasoning']);
      expect(asked, level).to.include(JSON.stringify(word));
    }
  },
  templateSwitch: async (value, wire) => {
    const { sent } = await wire.ask(THINKING);
    if (wire.quirks.reasoningRequest === 'template-switch')
      expect(sent['chat_template_kwargs']).to.deep.include({ [value]: true });
    else expect(sent).not.to.have.property('chat_template_kwargs');
  },
} satisfies { readonly [Name in keyof ProofTable]?: Extract<ProofTable[Name], Proof<never>> };

import { expect } from 'chai';
import type { CanonicalRequest, JsonObject, Quirks, ReasoningFacts } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { contextOf, user } from '@claudex/sdk/testing';

const BARE = new Set(['model', 'messages', 'stream']);

function ask(request: Partial<CanonicalRequest>, quirks: Quirks = {}, reasoning?: ReasoningFacts) {
  const { body, losses } = encodeRequest({
    ...contextOf({ messages: [user('hi')], ...request }, quirks),
    ...(reasoning !== undefined && { facts: { id: 'upstream-model', reasoning } }),
  });
  const asked: JsonObject = {};
  for (const [field, value] of Object.entries(body)) {
    if (!BARE.has(field) && !field.startsWith('max_')) asked[field] = value;
  }
  return { asked, losses: losses.map(({ kind, path, feature }) => `${kind} ${feature} ${path}`) };
}

const OFF: Partial<CanonicalRequest> = { thinking: { type: 'disabled' } };
const ADAPTIVE: Partial<CanonicalRequest> = { thinking: { type: 'adaptive' } };
const effort = (level: string): Partial<CanonicalRequest> => ({ ...ADAPTIVE, output_config: { effort: level } });
const budget = (tokens: number): Partial<CanonicalRequest> => ({
  thinking: { type: 'enabled', budget_tokens: tokens },
});

describe('asking for reasoning', () => {
  it('says nothing where the client leaves it to the model', () => {
    expect(ask({})).to.deep.equal({ asked: {}, losses: [] });
    expect(ask(ADAPTIVE)).to.deep.equal({ asked: {}, losses: [] });
  });

  it('sends the effort as a level the model has', () => {
    expect(ask(effort('low'))).to.deep.equal({ asked: { reasoning_effort: 'low' }, losses: [] });
    expect(ask(effort('max'))).to.deep.equal({
      asked: { reasoning_effort: 'high' },
      losses: ['adjusted effort output_config.effort'],
    });
    expect(ask(effort('medium'), {}, { efforts: ['low', 'high', 'max'] }).asked).to.deep.equal({
      reasoning_effort: 'high',
    });
    expect(ask(effort('novel'))).to.deep.equal({ asked: {}, losses: ['dropped effort output_config.effort'] });
  });

  it('lets the latest turn decide, and names it', () => {
    const messages: CanonicalRequest['messages'] = [
      user('a'),
      { role: 'system', content: [], output_config: { effort: 'xhigh' } },
    ];
    expect(ask({ ...effort('low'), messages })).to.deep.equal({
      asked: { reasoning_effort: 'high' },
      losses: ['adjusted effort messages[1].output_config.effort'],
    });
  });

  it('turns a budget into a level', () => {
    expect(ask(budget(2_000))).to.deep.equal({
      asked: { reasoning_effort: 'low' },
      losses: ['degraded thinking_budget thinking.budget_tokens'],
    });
    expect(ask(budget(31_999)).asked).to.deep.equal({ reasoning_effort: 'high' });
  });

  it('switches reasoning off, or asks for the least where that cannot be', () => {
    expect(ask(OFF, {}, { efforts: ['none', 'low', 'high'] })).to.deep.equal({
      asked: { reasoning_effort: 'none' },
      losses: [],
    });
    expect(ask(OFF)).to.deep.equal({ asked: { reasoning_effort: 'low' }, losses: ['adjusted thinking thinking'] });
  });

  it('asks a model that does not reason for nothing', () => {
    const never: ReasoningFacts = { efforts: [] };
    expect(ask(OFF, {}, never)).to.deep.equal({ asked: {}, losses: [] });
    for (const reasoningRequest of ['effort', 'thinking-switch', 'enable-thinking'] as const) {
      expect(ask(effort('high'), { reasoningRequest }, never)).to.deep.equal({
        asked: {},
        losses: ['dropped effort output_config.effort', 'dropped thinking thinking'],
      });
    }
    expect(ask(budget(2_000), { reasoningRequest: 'none' })).to.deep.equal({
      asked: {},
      losses: ['dropped thinking thinking'],
    });
  });
});

/** What each kind of provider is asked for an effort of `xhigh`, nothing in particular, and no reasoning. */
const FORMS: readonly [Quirks['reasoningRequest'], xhigh: JsonObject, plain: JsonObject, off: JsonObject][] = [
  ['effort', { reasoning_effort: 'high' }, {}, { reasoning_effort: 'low' }],
  ['none', {}, {}, {}],
  [
    'reasoning-object',
    { reasoning: { effort: 'high' } },
    { reasoning: { enabled: true } },
    { reasoning: { enabled: false } },
  ],
  [
    'thinking-switch',
    { thinking: { type: 'enabled' } },
    { thinking: { type: 'enabled' } },
    { thinking: { type: 'disabled' } },
  ],
  [
    'thinking-switch-and-effort',
    { thinking: { type: 'enabled' }, reasoning_effort: 'high' },
    { thinking: { type: 'enabled' } },
    { thinking: { type: 'disabled' } },
  ],
  ['thinking-budget', { thinking: { type: 'enabled', budget_tokens: 32_768 } }, {}, { thinking: { type: 'disabled' } }],
  [
    'enable-thinking',
    { enable_thinking: true, thinking_budget: 32_768 },
    { enable_thinking: true },
    { enable_thinking: false },
  ],
  [
    'template-switch',
    { chat_template_kwargs: { enable_thinking: true } },
    { chat_template_kwargs: { enable_thinking: true } },
    { chat_template_kwargs: { enable_thinking: false } },
  ],
];

describe('asking for reasoning in the words of a provider', () => {
  for (const [reasoningRequest = 'effort', xhigh, plain, off] of FORMS) {
    it(`knows ${reasoningRequest}`, () => {
      expect(ask(effort('xhigh'), { reasoningRequest }).asked).to.deep.equal(xhigh);
      expect(ask(ADAPTIVE, { reasoningRequest }).asked).to.deep.equal(plain);
      expect(ask(OFF, { reasoningRequest }).asked).to.deep.equal(off);
    });
  }

  it('records an effort that a mere switch cannot say', () => {
    for (const reasoningRequest of ['thinking-switch', 'template-switch'] as const) {
      expect(ask(effort('high'), { reasoningRequest }).losses).to.deep.equal(['dropped effort output_config.effort']);
      expect(ask(budget(2_000), { reasoningRequest }).losses).to.deep.equal([
        'dropped thinking_budget thinking.budget_tokens',
      ]);
    }
  });

  it('never switches off a model that cannot be without', () => {
    const restless: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };
    const askedOf = (reasoningRequest: Quirks['reasoningRequest']) =>
      ask(OFF, reasoningRequest === undefined ? {} : { reasoningRequest }, restless);
    for (const form of ['thinking-switch', 'thinking-switch-and-effort'] as const)
      expect(askedOf(form).asked).to.deep.equal({ thinking: { type: 'enabled' } });
    expect(askedOf('enable-thinking').asked).to.deep.equal({ enable_thinking: true });
    expect(askedOf('reasoning-object').asked).to.deep.equal({ reasoning: { effort: 'low' } });
    expect(askedOf('thinking-budget').asked).to.deep.equal({});
    for (const [form] of FORMS) {
      if (form !== 'none') expect(askedOf(form).losses, form).to.deep.equal(['adjusted thinking thinking']);
    }
  });

  it('switches a model without levels', () => {
    const switchable: ReasoningFacts = { efforts: [], canDisable: true };
    expect(ask(effort('high'), { reasoningRequest: 'thinking-switch-and-effort' }, switchable)).to.deep.equal({
      asked: { thinking: { type: 'enabled' } },
      losses: ['dropped effort output_config.effort'],
    });
    expect(ask(OFF, { reasoningRequest: 'reasoning-object' }, switchable).asked).to.deep.equal({
      reasoning: { enabled: false },
    });
  });

  it('keeps a budget within the limits of the model and below that of the answer', () => {
    const facts: ReasoningFacts = { budget: { min: 1_024, max: 8_000 } };
    const quirks: Quirks = { reasoningRequest: 'thinking-budget' };
    expect(ask({ ...budget(31_999), max_tokens: 32_000 }, quirks, facts)).to.deep.equal({
      asked: { thinking: { type: 'enabled', budget_tokens: 8_000 } },
      losses: ['adjusted thinking_budget thinking.budget_tokens'],
    });
    expect(ask({ ...budget(4_000), max_tokens: 3_000 }, quirks, facts).asked).to.deep.equal({
      thinking: { type: 'enabled', budget_tokens: 1_500 },
    });
    expect(ask({ ...budget(4_000), max_tokens: 1_000 }, quirks, facts)).to.deep.equal({
      asked: {},
      losses: ['dropped thinking_budget thinking.budget_tokens'],
    });
  });
});

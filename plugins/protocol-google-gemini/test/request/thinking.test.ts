import { expect } from 'chai';
import type { CanonicalRequest, Quirks, ReasoningFacts } from '@claudex/sdk';
import { user } from '@claudex/sdk/testing';
import { encode, words } from '../support/encode.ts';

const messages = [user('go')];

function asked(
  request: Partial<CanonicalRequest>,
  { model = 'gemini-3.8-flash', facts, quirks = {} }: { model?: string; facts?: ReasoningFacts; quirks?: Quirks } = {},
) {
  const more = { model, ...(facts && { facts: { id: model, reasoning: facts } }) };
  const { body, losses } = encode({ messages, ...request }, quirks, more);
  return { config: body.generationConfig?.thinkingConfig, lost: words(losses) };
}

const effort = (level: string): Partial<CanonicalRequest> => ({
  thinking: { type: 'adaptive' },
  output_config: { effort: level },
});
const OLD = 'gemini-2.5-pro';

describe('reasoning', () => {
  it('is not spoken of where the client does not', () => {
    expect(asked({})).to.deep.equal({ config: undefined, lost: [] });
  });

  it('is shown, unless the client would not show it', () => {
    expect(asked({ thinking: { type: 'adaptive' } }).config).to.deep.equal({ includeThoughts: true });
    expect(asked({ thinking: { type: 'adaptive', display: 'omitted' } }).config).to.deep.equal({
      includeThoughts: false,
    });
  });

  it('is asked for by a level that the model has', () => {
    expect(asked(effort('medium'))).to.deep.equal({
      config: { includeThoughts: true, thinkingLevel: 'medium' },
      lost: [],
    });
    expect(asked(effort('max'))).to.deep.equal({
      config: { includeThoughts: true, thinkingLevel: 'high' },
      lost: ['adjusted effort output_config.effort'],
    });
    // Gemini 3.7 and 3.8 refuse the least level that others have.
    expect(asked(effort('minimal')).config).to.have.property('thinkingLevel', 'low');
    expect(asked(effort('minimal'), { facts: { efforts: ['minimal', 'low'] } }).config).to.have.property(
      'thinkingLevel',
      'minimal',
    );
    expect(asked(effort('novel'))).to.deep.equal({
      config: { includeThoughts: true },
      lost: ['dropped effort output_config.effort'],
    });
    expect(asked(effort('low'), { quirks: { effortWords: { low: 'LOW' } } }).config).to.have.property(
      'thinkingLevel',
      'LOW',
    );
  });

  it('has a level in place of a budget from Gemini 3 on', () => {
    expect(asked({ thinking: { type: 'enabled', budget_tokens: 2000 } })).to.deep.equal({
      config: { includeThoughts: true, thinkingLevel: 'low' },
      lost: ['degraded thinking_budget thinking.budget_tokens'],
    });
  });

  it('has a budget before Gemini 3, within what the model and the answer allow', () => {
    const budget = (tokens: number, more: Partial<CanonicalRequest> = {}, facts?: ReasoningFacts) =>
      asked({ thinking: { type: 'enabled', budget_tokens: tokens }, ...more }, { model: OLD, ...(facts && { facts }) });
    expect(budget(2000)).to.deep.equal({ config: { includeThoughts: true, thinkingBudget: 2000 }, lost: [] });
    expect(budget(90_000).config).to.have.property('thinkingBudget', 24_576);
    expect(budget(90_000, {}, { budget: { max: 32_768 } }).config).to.have.property('thinkingBudget', 32_768);
    expect(budget(90_000, { max_tokens: 4000 })).to.deep.equal({
      config: { includeThoughts: true, thinkingBudget: 2000 },
      lost: ['adjusted thinking_budget thinking.budget_tokens'],
    });
    expect(asked(effort('high'), { model: OLD }).config).to.have.property('thinkingBudget', 24_576);
    expect(asked(effort('high'), { quirks: { reasoningRequest: 'thinking-budget' } }).config).to.have.property(
      'thinkingBudget',
    );
    expect(asked(effort('novel'), { model: OLD }).lost).to.deep.equal(['dropped effort output_config.effort']);
    expect(asked({ thinking: { type: 'adaptive' } }, { model: OLD }).config).to.deep.equal({ includeThoughts: true });
  });

  it('is switched off where that can be done, else asked for the least', () => {
    const off: Partial<CanonicalRequest> = { thinking: { type: 'disabled' } };
    expect(asked(off, { model: OLD })).to.deep.equal({ config: { thinkingBudget: 0 }, lost: [] });
    expect(asked(off, { model: OLD, facts: { canDisable: false, budget: { min: 128 } } })).to.deep.equal({
      config: { thinkingBudget: 128 },
      lost: ['degraded thinking thinking'],
    });
    expect(asked(off)).to.deep.equal({ config: { thinkingLevel: 'low' }, lost: ['degraded thinking thinking'] });
    expect(asked(off, { facts: { efforts: ['low', 'high'], canDisable: true } }).config).to.deep.equal({
      thinkingBudget: 0,
    });
  });

  it('is not spoken of to a model without any, or where a quirk forbids it', () => {
    const facts = { efforts: [] };
    expect(asked(effort('high'), { facts })).to.deep.equal({
      config: undefined,
      lost: ['dropped effort output_config.effort'],
    });
    expect(asked({ thinking: { type: 'disabled' } }, { facts })).to.deep.equal({ config: undefined, lost: [] });
    expect(asked({ thinking: { type: 'adaptive' } }, { quirks: { reasoningRequest: 'none' } })).to.deep.equal({
      config: undefined,
      lost: ['dropped thinking thinking'],
    });
  });
});

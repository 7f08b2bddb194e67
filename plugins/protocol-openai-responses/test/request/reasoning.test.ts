import { expect } from 'chai';
import type { CanonicalRequest, Quirks, ReasoningFacts } from '@claudex/sdk';
import { system, user } from '@claudex/sdk/testing';
import { encode } from './support/encode.ts';

function ask(request: Partial<CanonicalRequest>, reasoning?: ReasoningFacts, quirks: Quirks = {}) {
  const facts = reasoning === undefined ? {} : { facts: { id: 'upstream-model', reasoning } };
  const { wire, losses } = encode(request, quirks, facts);
  return {
    reasoning: wire.reasoning,
    include: wire.include,
    losses: losses.map(({ kind, path, feature }) => [kind, path, feature]),
  };
}

const ADAPTIVE = { type: 'adaptive', display: 'updates' } as const;

describe('asking for reasoning', () => {
  it('says nothing where the client says nothing, but wants the encrypted reasoning anyway', () => {
    const { reasoning, include, losses } = ask({});
    expect(reasoning).to.equal(undefined);
    expect(include).to.deep.equal(['reasoning.encrypted_content']);
    expect(losses).to.deep.equal([]);
  });

  it('asks for the effort and a summary', () => {
    const { reasoning, losses } = ask({ thinking: ADAPTIVE, output_config: { effort: 'high' } });
    expect(reasoning).to.deep.equal({ effort: 'high', summary: 'auto' });
    expect(losses).to.deep.equal([]);
  });

  it('leaves the effort to the model where the client names none', () => {
    expect(ask({ thinking: ADAPTIVE }).reasoning).to.deep.equal({ summary: 'auto' });
  });

  it('asks for no summary that the client would not show', () => {
    const thinking = { type: 'adaptive', display: 'omitted' } as const;
    expect(ask({ thinking, output_config: { effort: 'low' } }).reasoning).to.deep.equal({ effort: 'low' });
    expect(ask({ thinking }).reasoning).to.equal(undefined);
  });

  it('takes the effort of the latest turn', () => {
    const messages = [user('hi'), { ...system('S'), output_config: { effort: 'low' } }];
    const { reasoning } = ask({ messages, thinking: ADAPTIVE, output_config: { effort: 'high' } });
    expect(reasoning).to.deep.equal({ effort: 'low', summary: 'auto' });
  });

  it('takes the next level this model has, and says so', () => {
    const wanted = { output_config: { effort: 'max' } };
    const { reasoning, losses } = ask(wanted, { efforts: ['low', 'high'] });
    expect(reasoning).to.deep.equal({ effort: 'high', summary: 'auto' });
    expect(losses).to.deep.equal([['adjusted', 'output_config.effort', 'effort']]);
    expect(ask(wanted, { efforts: ['high', 'max'] }).losses).to.deep.equal([]);
    expect(ask({ output_config: { effort: 'novel' } })).to.deep.include({
      reasoning: { summary: 'auto' },
      losses: [['dropped', 'output_config.effort', 'effort']],
    });
  });

  it('turns a budget into a level', () => {
    const { reasoning, losses } = ask({ thinking: { type: 'enabled', budget_tokens: 10_000 } });
    expect(reasoning).to.deep.equal({ effort: 'medium', summary: 'auto' });
    expect(losses).to.deep.equal([['degraded', 'thinking.budget_tokens', 'thinking_budget']]);
  });

  it('switches reasoning off where that is possible, and down where it is not', () => {
    const off = { thinking: { type: 'disabled' } as const };
    expect(ask(off, { canDisable: true })).to.deep.include({ reasoning: { effort: 'none' }, losses: [] });
    expect(ask(off, { efforts: ['medium', 'low'] })).to.deep.include({
      reasoning: { effort: 'low' },
      losses: [['degraded', 'thinking', 'thinking']],
    });
  });

  it('says nothing at all to a model that takes no efforts', () => {
    const { reasoning, include, losses } = ask(
      { thinking: ADAPTIVE, output_config: { effort: 'low' } },
      { efforts: [] },
    );
    expect(reasoning).to.equal(undefined);
    expect(include).to.equal(undefined);
    expect(losses).to.deep.equal([['dropped', 'output_config.effort', 'effort']]);
    expect(ask({ thinking: { type: 'disabled' } }, { efforts: [] }).losses).to.deep.equal([]);
  });

  it('does not ask where the provider wants no question', () => {
    const quirks = { reasoningRequest: 'none' } as const;
    expect(ask({ thinking: ADAPTIVE }, undefined, quirks)).to.deep.equal({
      reasoning: undefined,
      include: ['reasoning.encrypted_content'],
      losses: [['dropped', 'thinking', 'thinking']],
    });
    expect(ask({ thinking: { type: 'disabled' } }, undefined, quirks).losses).to.deep.equal([
      ['dropped', 'thinking', 'thinking'],
    ]);
  });

  it('does not want encrypted reasoning from a provider without it', () => {
    expect(ask({}, undefined, { encryptedReasoning: false }).include).to.equal(undefined);
    expect(ask({}, undefined, { reasoningReplay: 'none' }).include).to.equal(undefined);
  });
});

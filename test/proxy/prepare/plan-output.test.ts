import { expect } from 'chai';
import type { Loss } from '@claudex/sdk';
import { fitThinking, planOutput, type OutputNeeds } from '../../../src/proxy/prepare/plan-output.ts';

const needs = (more: Partial<OutputNeeds>): OutputNeeds => ({
  wanted: 8_000,
  limit: undefined,
  window: undefined,
  input: 10_000,
  ...more,
});

describe('planning the limit of an answer', () => {
  it('leaves the limit of the client where it fits, or where nothing is known', () => {
    for (const more of [{}, { wanted: 1e12 }, { limit: 8_000 }, { window: 18_000 }, { wanted: undefined, limit: 5 }]) {
      expect(planOutput(needs(more))).to.deep.equal({ losses: [] });
    }
  });

  const lowered: [Partial<OutputNeeds>, number][] = [
    [{ limit: 4_000 }, 4_000],
    [{ window: 15_000 }, 5_000],
    [{ window: 15_000, limit: 4_000 }, 4_000],
    [{ window: 12_000, limit: 4_000 }, 2_000],
    [{ window: 11_024 }, 1_024],
    [{ wanted: 1e12, limit: 4_000 }, 4_000],
  ];
  for (const [more, limit] of lowered) {
    it(`lowers it to ${limit} with ${JSON.stringify(more)}, and records that`, () => {
      const plan = planOutput(needs(more));
      expect(plan.maxTokens).to.equal(limit);
      expect(plan.losses).to.have.length(1);
      expect(plan.losses[0]).to.include({ kind: 'adjusted', feature: 'max_tokens', path: 'max_tokens' });
      expect(plan.losses[0]?.reason).to.contain(String(limit));
    });
  }

  it('refuses a prompt that is longer than the longest, however much room the window has', () => {
    const sizes = { window: 1_050_000, longest: 922_000 };
    expect(planOutput(needs({ ...sizes, input: 922_000 }))).to.deep.equal({ losses: [] });
    const { overflow } = planOutput(needs({ ...sizes, input: 922_001 }));
    expect(overflow?.message).to.equal('prompt is too long: 922001 tokens > 922000 maximum');
  });

  it('refuses a prompt that leaves less than 1,024 tokens, with figures that agree with the sentence', () => {
    expect(planOutput(needs({ window: 11_023 })).overflow).to.deep.include({
      kind: 'context-overflow',
      message: 'prompt is too long: 11024 tokens > 11023 maximum',
    });
    expect(planOutput(needs({ window: 5_000 })).overflow?.message).to.equal(
      'prompt is too long: 10000 tokens > 5000 maximum',
    );
    expect(planOutput(needs({ window: 10_500, wanted: undefined })).overflow).not.to.equal(undefined);
  });

  it('lets a short answer through that fits', () => {
    expect(planOutput(needs({ window: 10_500, wanted: 100 }))).to.deep.equal({ losses: [] });
  });
});

describe('fitting a budget for reasoning into a lower limit', () => {
  it('keeps it below the limit, with what else the client said', () => {
    const losses: Loss[] = [];
    const thinking = { type: 'enabled', budget_tokens: 31_999, display: 'updates' } as const;
    expect(fitThinking(thinking, 4_000, losses)).to.deep.equal({ ...thinking, budget_tokens: 3_999 });
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['thinking_budget']);
  });

  it('switches reasoning off where there is no room for the smallest budget', () => {
    const losses: Loss[] = [];
    expect(fitThinking({ type: 'enabled', budget_tokens: 2_000 }, 1_024, losses)).to.deep.equal({ type: 'disabled' });
    expect(losses).to.have.length(1);
  });

  it('changes nothing that fits', () => {
    const losses: Loss[] = [];
    for (const thinking of [undefined, { type: 'adaptive' }, { type: 'disabled' }] as const)
      expect(fitThinking(thinking, 1, losses)).to.equal(undefined);
    expect(fitThinking({ type: 'enabled', budget_tokens: 1_024 }, 1_025, losses)).to.equal(undefined);
    expect(losses).to.deep.equal([]);
  });
});

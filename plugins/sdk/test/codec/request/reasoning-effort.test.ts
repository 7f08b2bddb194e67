import { expect } from 'chai';
import type { CanonicalRequest, ReasoningFacts } from '@claudex/sdk';
import { chooseBudget, chooseEffort, effortPath, wantedReasoning, type WantedReasoning } from '@claudex/sdk/codec';
import { requestOf, system, user } from '@claudex/sdk/testing';

describe('what a client wants of reasoning', () => {
  const wishes: readonly [what: string, request: Partial<CanonicalRequest>, wanted: WantedReasoning | undefined][] = [
    ['nothing', {}, undefined],
    ['reasoning off', { thinking: { type: 'disabled' } }, { off: true }],
    ['off in spite of an effort', { thinking: { type: 'disabled' }, output_config: { effort: 'high' } }, { off: true }],
    ['no effort', { output_config: { effort: 'none' } }, { off: true }],
    ['an effort', { output_config: { effort: 'low' } }, { off: false, effort: 'low' }],
    ['a budget', { thinking: { type: 'enabled', budget_tokens: 9000 } }, { off: false, budget: 9000 }],
    [
      'an effort rather than a budget',
      { thinking: { type: 'enabled', budget_tokens: 9000 }, output_config: { effort: 'max' } },
      { off: false, effort: 'max' },
    ],
    ['as much as the model likes', { thinking: { type: 'adaptive' } }, { off: false }],
    [
      'an effort with it',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } },
      { off: false, effort: 'xhigh' },
    ],
    ['only a format', { output_config: { format: {} } }, undefined],
  ];
  for (const [what, request, wanted] of wishes) {
    it(`understands ${what}`, () => {
      expect(wantedReasoning(requestOf(request))).to.deep.equal(wanted);
    });
  }

  it('is what the latest turn says', () => {
    const messages = [
      { ...system('a'), output_config: { effort: 'low' } },
      user('b'),
      { ...system('c'), output_config: { effort: 'max' } },
      { ...user('d'), output_config: {} },
    ];
    const request = requestOf({ messages, output_config: { effort: 'high' } });
    expect(wantedReasoning(request)).to.deep.equal({ off: false, effort: 'max' });
    expect(effortPath(request)).to.equal('messages[2].output_config.effort');
    expect(effortPath(requestOf())).to.equal('output_config.effort');
    expect(
      wantedReasoning(requestOf({ messages: [{ ...system('a'), output_config: { effort: 'none' } }] })),
    ).to.deep.equal({ off: true });
  });
});

describe('the effort to ask a model for', () => {
  const effort = (name: string): WantedReasoning => (name === 'none' ? { off: true } : { off: false, effort: name });

  const models: readonly [
    who: string,
    facts: ReasoningFacts,
    asked: { readonly [wanted: string]: string | undefined },
  ][] = [
    [
      'an unknown model',
      {},
      { none: 'low', minimal: 'low', low: 'low', medium: 'medium', high: 'high', xhigh: 'high', max: 'high' },
    ],
    [
      'DeepSeek',
      { efforts: ['low', 'high', 'max'] },
      { none: 'low', minimal: 'low', low: 'low', medium: 'high', high: 'high', xhigh: 'high', max: 'max' },
    ],
    [
      'Grok',
      { efforts: ['low', 'medium', 'high', 'xhigh'] },
      { none: 'low', medium: 'medium', xhigh: 'xhigh', max: 'xhigh' },
    ],
    [
      'GPT',
      { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'] },
      { none: 'none', minimal: 'low', medium: 'medium', max: 'max' },
    ],
    [
      'a model that can be switched off otherwise',
      { efforts: ['low', 'high'], canDisable: true },
      { none: 'none', low: 'low' },
    ],
    [
      'Mistral',
      { efforts: ['none', 'high'] },
      { none: 'none', low: 'high', medium: 'high', high: 'high', max: 'high' },
    ],
    [
      'a model with one level',
      { efforts: ['medium'] },
      { none: 'medium', minimal: 'medium', low: 'medium', high: 'medium', max: 'medium' },
    ],
    ['a model without levels', { efforts: [] }, { none: undefined, low: undefined, max: undefined }],
  ];
  for (const [who, facts, asked] of models) {
    for (const [wanted, level] of Object.entries(asked)) {
      it(`is ${level ?? 'nothing'} for ${who} when ${wanted} is wanted`, () => {
        expect(chooseEffort(effort(wanted), facts)).to.equal(level);
      });
    }
  }

  it('goes down from xhigh where the level above costs more than was asked for', () => {
    expect(chooseEffort(effort('xhigh'), { efforts: ['low', 'medium', 'high'] })).to.equal('high');
    expect(chooseEffort(effort('max'), { efforts: ['minimal', 'low'] })).to.equal('low');
  });

  it('follows a budget', () => {
    const levels: readonly [tokens: number, level: string][] = [
      [1, 'low'],
      [4096, 'low'],
      [4097, 'medium'],
      [16_384, 'medium'],
      [16_385, 'high'],
      [200_000, 'high'],
    ];
    for (const [budget, level] of levels) expect(chooseEffort({ off: false, budget }), String(budget)).to.equal(level);
  });

  it('is left to the model where nothing is said, and where the word is not known', () => {
    expect(chooseEffort(undefined)).to.equal(undefined);
    expect(chooseEffort({ off: false })).to.equal(undefined);
    expect(chooseEffort(effort('ultra'))).to.equal(undefined);
    expect(chooseEffort(effort('ultra'), { efforts: ['ultra'] })).to.equal('ultra');
  });
});

describe('the budget to ask a model for', () => {
  it('is nothing when reasoning is off', () => {
    expect(chooseBudget({ off: true }, { budget: { min: 1024, max: 2048 } }, 100)).to.equal(0);
  });

  it('is what the client says, within what the model takes', () => {
    expect(chooseBudget({ off: false, budget: 9000 })).to.equal(9000);
    expect(chooseBudget({ off: false, budget: 9000 }, { budget: { min: 128, max: 8000 } })).to.equal(8000);
    expect(chooseBudget({ off: false, budget: 50 }, { budget: { min: 128, max: 8000 } })).to.equal(128);
  });

  it('stands for an effort', () => {
    const budgets = ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'].map((effort) =>
      chooseBudget({ off: false, effort }),
    );
    expect(budgets).to.deep.equal([1024, 4096, 12_288, 24_576, 32_768, 65_536]);
  });

  it('leaves room for the answer, but no less than the model needs', () => {
    expect(chooseBudget({ off: false, budget: 9000 }, {}, 4000)).to.equal(2_000);
    expect(chooseBudget({ off: false, budget: 9000 }, { budget: { min: 1024, max: 8000 } }, 500)).to.equal(1024);
  });

  it('is left to the model where nothing is said', () => {
    for (const wanted of [undefined, { off: false } as const, { off: false, effort: 'ultra' } as const]) {
      expect(chooseBudget(wanted)).to.equal(undefined);
    }
  });
});

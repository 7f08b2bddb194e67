import type { Quirks } from '@claudex/sdk';
import { LossLog, quirksInForce, withFieldQuirks } from '@claudex/sdk/codec';
import { requestOf, tool } from '@claudex/sdk/testing';
import { expect } from 'chai';

const OFFERED = requestOf({ tools: [tool('Read')] });
const REASONING = requestOf({ thinking: { type: 'adaptive' } });

describe('quirks that depend on the request', () => {
  it('are added where their condition is met, and never seen as conditions', () => {
    const quirks: Quirks = {
      topK: true,
      omitFields: ['seed'],
      extraFields: { own: { a: 1 }, kept: 1 },
      withTools: { extraFields: { own: { b: 2 } }, omitFields: ['top_p'] },
      whileReasoning: { topK: false, extraFields: { own: { a: 3 } } },
    };
    const always = { topK: true, omitFields: ['seed'], extraFields: { own: { a: 1 }, kept: 1 } };
    expect(quirksInForce({ request: requestOf(), quirks })).to.deep.equal(always);
    expect(quirksInForce({ request: OFFERED, quirks })).to.deep.equal({
      topK: true,
      omitFields: ['seed', 'top_p'],
      extraFields: { own: { a: 1, b: 2 }, kept: 1 },
    });
    expect(quirksInForce({ request: REASONING, quirks })).to.deep.equal({
      topK: false,
      omitFields: ['seed'],
      extraFields: { own: { a: 3 }, kept: 1 },
    });
    expect(quirks.extraFields).to.deep.equal({ own: { a: 1 }, kept: 1 });
  });

  it('count a model as reasoning that cannot do without, and none that was told not to', () => {
    const quirks: Quirks = { whileReasoning: { forcedToolChoice: false } };
    const off = requestOf({ thinking: { type: 'disabled' } });
    expect(quirksInForce({ request: off, quirks })).to.deep.equal({});
    const facts = { id: 'm', reasoning: { canDisable: false } };
    expect(quirksInForce({ request: off, quirks, facts })).to.deep.equal({ forcedToolChoice: false });
  });

  it('count tools only where they are sent', () => {
    const quirks: Quirks = { toolChoiceNone: false, withTools: { topK: true } };
    const none = { ...OFFERED, tool_choice: { type: 'none' } } as const;
    expect(quirksInForce({ request: none, quirks })).to.deep.equal({ toolChoiceNone: false });
    expect(quirksInForce({ request: none, quirks: { withTools: { topK: true } } })).to.deep.equal({ topK: true });
    const search = requestOf({
      tools: [{ kind: 'server', name: 'web_search', type: 'web_search_20250305', declaration: {} }],
    });
    expect(quirksInForce({ request: search, quirks })).to.deep.equal({ toolChoiceNone: false });
  });
});

describe('fields that quirks add and take out', () => {
  it('become one with the tables that are there', () => {
    const body = { model: 'm', thinking: { type: 'enabled' }, list: [1] };
    const quirks: Quirks = { extraFields: { thinking: { clear_thinking: false }, list: [2], deep: { a: { b: 1 } } } };
    expect(withFieldQuirks(body, quirks, new LossLog())).to.deep.equal({
      model: 'm',
      thinking: { type: 'enabled', clear_thinking: false },
      list: [2],
      deep: { a: { b: 1 } },
    });
    expect(body.thinking).to.deep.equal({ type: 'enabled' });
  });

  it('are not both, and take along what nobody takes without them', () => {
    const losses = new LossLog();
    const body = { tools: [], tool_choice: 'auto', parallel_tool_calls: false, model: 'm' };
    const quirks: Quirks = { omitFields: ['tools', 'seed'], extraFields: { seed: 1 } };
    expect(withFieldQuirks(body, quirks, losses)).to.deep.equal({ model: 'm' });
    expect(losses.entries.map(({ feature }) => feature)).to.deep.equal(['tools']);
  });
});

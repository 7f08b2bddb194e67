import { expect } from 'chai';
import type { ContentBlock } from '@claudex/sdk';
import { LossLog, matchResults, orphanNote, type TurnItem } from '@claudex/sdk/codec';
import { result } from '@claudex/sdk/testing';

function itemOf(block: ContentBlock, index: number): TurnItem {
  return { kind: 'block', block, path: `messages[1].content[${index}]` };
}

describe('matching results to calls', () => {
  it('gives each call one result and records what is missing or too much', () => {
    const losses = new LossLog();
    const calls = ['a', 'b'].map((id, index) => ({ id, path: `messages[0].content[${index}]` }));
    const blocks = [result('b', 'first'), { type: 'text', text: 'hi' } as const, result('b', 'second'), result('c')];
    const { answers, rest } = matchResults(calls, blocks.map(itemOf), losses);
    expect(answers.map(({ call, result: found }) => [call.id, found?.path])).to.deep.equal([
      ['a', undefined],
      ['b', 'messages[1].content[0]'],
    ]);
    expect(rest.map(({ path }) => path)).to.deep.equal(['messages[1].content[1]', 'messages[1].content[3]']);
    expect(losses.entries.map(({ feature, path }) => [feature, path])).to.deep.equal([
      ['duplicate_tool_result', 'messages[1].content[2]'],
      ['missing_tool_result', 'messages[0].content[0]'],
    ]);
  });

  it('records once that words between the results have to wait for the last of them', () => {
    const losses = new LossLog();
    const calls = ['a', 'b'].map((id) => ({ id, path: 'messages[0].content[0]' }));
    const blocks: ContentBlock[] = [{ type: 'text', text: '' }, result('a'), { type: 'text', text: 'hi' }, result('b')];
    matchResults(calls, blocks.map(itemOf), losses);
    matchResults(calls, blocks.map(itemOf), losses);
    expect(losses.entries.map(({ kind, feature, path }) => [kind, feature, path])).to.deep.equal([
      ['adjusted', 'block_order', 'messages[1].content[2]'],
    ]);
    const inOrder = new LossLog();
    matchResults(calls, [blocks[0], blocks[1], blocks[3], blocks[2]].flatMap((one) => one ?? []).map(itemOf), inOrder);
    expect(inOrder.entries).to.deep.equal([]);
  });

  it('leaves a note before a result without a call, which says whether it is an error', () => {
    const losses = new LossLog();
    const block = { type: 'tool_result', tool_use_id: 'a', content: [] } as const;
    expect(orphanNote({ ...block, content: [] }, 'here', losses)).to.equal('[Result of an earlier tool call:]');
    expect(orphanNote({ ...block, content: [], is_error: true }, 'here', losses)).to.equal(
      '[Error from an earlier tool call:]',
    );
    expect(losses.entries.map(({ feature }) => feature)).to.deep.equal(['orphan_tool_result', 'orphan_tool_result']);
  });
});

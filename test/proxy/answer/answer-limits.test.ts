import { expect } from 'chai';
import type { CanonicalEvent, Fault } from '@claudex/sdk';
import { AnswerLimits } from '../../../src/proxy/answer/answer-limits.ts';

const open: CanonicalEvent = {
  type: 'content_block_start',
  index: 0,
  content_block: { type: 'tool_use', id: 'a', name: 'Read', input: {} },
};
const grow = (length: number): CanonicalEvent => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'input_json_delta', partial_json: 'x'.repeat(length) },
});

function firstFault(events: readonly CanonicalEvent[]): Fault | undefined {
  const limits = new AnswerLimits();
  return events.map((event) => limits.see(event)).find((fault) => fault !== undefined);
}

describe('the limits of an answer', () => {
  it('take 128 blocks and not one more', () => {
    const blocks = Array.from({ length: 128 }, () => open);
    expect(firstFault(blocks)).to.equal(undefined);
    expect(firstFault([...blocks, open])).to.include({ kind: 'protocol' });
  });

  it('take 4 MiB of arguments per call and not more', () => {
    const half = grow(2 * 1024 * 1024);
    expect(firstFault([open, half, half, open, half, half])).to.equal(undefined);
    expect(firstFault([open, half, half, grow(1)])?.message).to.contain('4 MiB');
  });
});

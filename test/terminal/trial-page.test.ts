import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { trialLines, type ShownTrial } from '../../src/terminal/index.ts';

const CHECKS: ShownTrial['checks'] = [
  {
    title: 'Structured output',
    result: 'unsupported',
    detail: 'status 400: a provider has a lot to say about what it does not want to do',
    latency_ms: 12_345,
    losses: [{ reason: 'A note.' }],
  },
  { title: 'Images', result: 'skipped', detail: '', latency_ms: null, losses: [{ reason: 'A note.' }] },
];

describe('the page of a trial', () => {
  const screen = (columns: number) =>
    Object.assign(new PassThrough(), { isTTY: true, columns }) as unknown as NodeJS.WriteStream;

  it('keeps its table within 60 columns', () => {
    const lines = trialLines({ name: 'work', latency_ms: 7, checks: CHECKS }, 4, screen(60));
    const table = lines.map(stripVTControlCharacters).slice(2, 5);
    expect(table[0]).to.match(/^CHECK +RESULT +TIME +DETAIL$/);
    expect(table[1]).to.include('not supported  12345 ms  ').and.match(/…$/);
    expect(Math.max(...table.map(({ length }) => length))).to.equal(60);
  });

  it('tells a loss of several checks once', () => {
    const lines = trialLines({ name: 'work', latency_ms: 7, checks: CHECKS }, 4, new PassThrough() as never);
    expect(lines.filter((line) => line.includes('A note.'))).to.deep.equal(['  A note. (Structured output, Images)']);
    expect(lines.join('\n')).to.include('what it does not want to do');
  });
});

import { expect } from 'chai';
import { readOptions, UsageError } from '../../bench/options.ts';
import { figure, tableOf } from '../../bench/report/table.ts';
import { topSelfTime } from '../../bench/report/top-self-time.ts';
import { ROOT } from '../support/source-files.ts';
import { runProcess } from '../support/run-process.ts';
import { join } from 'node:path';

describe('the command line of the benches', () => {
  const names = ['one', 'two', 'three'];

  it('runs everything fully when nothing is said', () => {
    expect(readOptions([], names)).to.deep.equal({ quick: false, profile: false, only: names });
  });

  it('takes several names and keeps the order of the report', () => {
    expect(readOptions(['--quick', '--only', 'three', '--only', 'one'], names)).to.deep.equal({
      quick: true,
      profile: false,
      only: ['one', 'three'],
    });
  });

  it('refuses an unknown name and an unknown flag and says what there is', () => {
    expect(() => readOptions(['--only', 'four'], names)).to.throw(UsageError, 'one, two, three');
    expect(() => readOptions(['--fast'], names)).to.throw(UsageError, '--quick');
  });

  it('ends with 2 and the list of benches when it is used wrongly', async () => {
    const script = join(ROOT, 'bench', 'index.ts');
    const { code, stdout, stderr } = await runProcess(process.execPath, [script, '--only', 'nonsense'], {
      cwd: ROOT,
      environment: { PATH: process.env['PATH'] ?? '' },
    });
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('chat-stream').and.include('small-16').and.include('proxy-start');
  });
});

describe('the report of the benches', () => {
  it('shows figures, floor, ratio, control, target and verdict in columns', () => {
    const table = tableOf([
      {
        bench: 'streams',
        measure: 'CPU',
        ours: 12.34,
        floor: 10,
        against: 'pass',
        ratio: 1.234,
        control: [0.9, 1.1],
        target: 1.3,
        verdict: 'unresolved',
      },
      { bench: 'streams', measure: 'MB/s', ours: 1234 },
      { bench: 'memory', measure: 'RSS', ours: 0.5 },
    ]);
    const lines = table.split('\n');
    expect(lines[2]).to.match(/^streams +CPU +12\.3 +10\.0 pass +1\.23 +0\.90–1\.10 +≤ 1\.3 +unresolved$/);
    expect(lines[3]).to.match(/^ +MB\/s +1,234$/);
    expect(lines[4]).to.equal('');
    expect(lines[5]).to.match(/^memory +RSS +0\.500$/);
  });

  it('gives numbers three or more digits, and no more decimals than mean something', () => {
    expect([1234.5, 99.94, 9.876, 0.1234].map(figure)).to.deep.equal(['1,235', '99.9', '9.88', '0.123']);
  });

  it('adds up the self time of a function and leaves idle time out', () => {
    const frame = (functionName: string, url = ''): { functionName: string; url: string; lineNumber: number } => ({
      functionName,
      url,
      lineNumber: 9,
    });
    const profile = {
      nodes: [
        { id: 1, callFrame: frame('(root)') },
        { id: 2, callFrame: frame('(idle)') },
        { id: 3, callFrame: frame('push', 'file:///a/b/lib/proxy/pump.js') },
        { id: 4, callFrame: frame('push', 'file:///a/b/lib/proxy/pump.js') },
        { id: 5, callFrame: frame('(garbage collector)') },
      ],
      samples: [2, 3, 4, 5],
      timeDeltas: [1000, 20, 10, 10],
    };
    expect(topSelfTime(profile, 10)).to.deep.equal([
      { place: 'push lib/proxy/pump.js:10', share: 0.75 },
      { place: '(garbage collector)', share: 0.25 },
    ]);
    expect(topSelfTime(profile, 1)).to.have.length(1);
  });
});

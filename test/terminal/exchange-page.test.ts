import { expect } from 'chai';
import { exchangePage } from '../../src/terminal/index.ts';
import { exchangeReport } from '../state/support/exchange-report.ts';

const pageOf = (...more: Parameters<typeof exchangeReport>): string => exchangePage(exchangeReport(...more)).join('\n');

describe('the page of an exchange on a narrow terminal', () => {
  it('goes on in further lines, and loses nothing', () => {
    const report = exchangeReport({ asked: 'a-model-of-quite-some-length', profile: 'a-profile-of-quite-some-length' });
    const narrow = exchangePage(report, 60);
    for (const line of narrow) expect(line.length).to.be.at.most(60);
    expect(words(narrow)).to.deep.equal(words(exchangePage(report)));
  });

  const words = (lines: readonly string[]): string[] => lines.join(' ').trim().split(/\s+/);
});

describe('the page about an exchange', () => {
  it('tells the route, every attempt, losses in groups, usage and timing', () => {
    expect(exchangePage(exchangeReport())).to.deep.equal([
      'Exchange req_0123456789ABCDEFGHJKLMNP',
      '  asked      claude-sonnet-5, streamed, of profile work',
      '  at         2026-11-24T12:00:00.000Z',
      '  model      acme-large (what is asked of this backup)',
      '  provider   acme, translated to openai-chat',
      '  served by  profile spare',
      '  ended      end_turn (status 200)',
      '',
      'Attempts (2 calls to providers)',
      '  1  work   openai gpt-6     failed: overloaded, 529, server_overloaded  after 0 ms   took 120 ms',
      '  2  spare  acme acme-large  answered: 200                               after 1.1 s  took 4.9 s   waited 1.0 s',
      '',
      'Lost in translation (3)',
      '  1 ×  top_k     dropped   Chat has no top_k.',
      '  2 ×  document  degraded  A document became text.',
      '',
      'Usage',
      '  input            12,345 tokens',
      '  read from cache  1,000 tokens',
      '  output           678 tokens',
      '',
      'Timing',
      '  first event      1.5 s',
      '  longest silence  800 ms',
      '  total            6.0 s',
    ]);
  });

  it('says how it ended when it did not end well', () => {
    expect(pageOf({ fault: 'aborted' })).to.contain('the client went away (status 200)');
    expect(pageOf({ fault: 'overloaded', status: 529 })).to.contain('with an error: overloaded (status 529)');
    expect(pageOf({ finished: false })).to.contain('end_turn (status 200), but the client did not take all of it');
  });

  it('names a target that was passed over, and an exchange that nobody served', () => {
    const [failed] = exchangeReport().attempts;
    if (!failed) throw new Error('the report has attempts');
    const { status: _status, code: _code, ...passed } = failed;
    const { served_by: _served, usage: _usage, ...report } = exchangeReport();
    const page = exchangePage({
      ...report,
      calls: 0,
      losses: [],
      attempts: [{ ...passed, outcome: 'passed-over', reason: 'breaker-open', duration_ms: 0 }],
    });
    expect(page).to.include('Attempts (0 calls to providers)');
    expect(page).to.include('  1  work  openai gpt-6  passed over: breaker-open  after 0 ms');
    expect(page).to.include('  served by  nobody');
    expect(page).to.include('Nothing was lost in translation');
    expect(page).to.include('  the provider reported none');
  });

  it('does not let a name write to the terminal', () => {
    const page = pageOf({ asked: 'model\u{1B}[2J\n', stop_reason: '\u{1B}]0;x\u{7}' });
    expect(page.replaceAll('\n', '')).to.not.match(/\p{Cc}/u);
    expect(page).to.contain('model\\u{1b}[2J\\u{a}');
  });
});

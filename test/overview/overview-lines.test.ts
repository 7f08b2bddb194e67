import { expect } from 'chai';
import { overviewLines, profileCells } from '../../src/overview/index.ts';
import type { Overview } from '../../src/overview/index.ts';

const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const MINUTE = 60_000;
const OVERVIEW: Overview = {
  version: '1.2.3',
  profiles: [],
  default_profile: 'work',
  proxy: { running: false, port: 13_456, version: null, sessions: 0, problem: null },
  last_use: null,
  next: 'claudex run work',
};

describe('the overview', () => {
  const linesOf = (changes: Partial<Overview>): string[] => overviewLines({ ...OVERVIEW, ...changes }, NOW);

  it('says where the proxy is, who uses it, and what comes next', () => {
    expect(linesOf({})).to.deep.equal([
      'Proxy     does not run; "claudex run" starts it',
      'Last use  never, as far as is kept',
      'Next      claudex run work',
    ]);
    const proxy = { running: true, port: 14_000, version: '1.2.3', sessions: 1, problem: null };
    expect(linesOf({ proxy })[0]).to.equal('Proxy     port 14000, version 1.2.3, 1 session');
    expect(linesOf({ proxy: { ...proxy, sessions: 2 } })[0]).to.match(/, 2 sessions$/);
    expect(linesOf({ proxy: { ...proxy, running: null } })[0]).to.contain('port 14000 does not answer');
    const problem = 'port 14000 is held by another program (nc, pid 7)';
    expect(linesOf({ proxy: { ...proxy, running: false, problem } })[0]).to.equal(
      `Proxy     ${problem}; see "claudex doctor"`,
    );
    expect(linesOf({ default_profile: null })[0]).to.equal('No profile is enabled.');
  });

  for (const [minutes, words] of [
    [0.5, 'just now'],
    [59, '59 min ago'],
    [60, '1 h ago'],
    [47 * 60, '47 h ago'],
    [48 * 60, '2 days ago'],
  ] as const) {
    it(`calls ${minutes} minutes "${words}"`, () => {
      const at = new Date(NOW - minutes * MINUTE).toISOString();
      expect(linesOf({ last_use: { at, profile: 'work', model: 'm' } })[1]).to.equal(`Last use  ${words}, work, m`);
    });
  }

  it('lets no control character through', () => {
    const cells = profileCells(
      { name: 'a\u001B[2J', model: null, enabled: true, readiness: 'unusable', problem: 'no \u0007' },
      null,
    );
    expect(cells.join('')).to.match(/^[^\p{Cc}]+$/u);
    expect(linesOf({ next: 'x\u001B[2J' }).join('')).to.match(/^[^\p{Cc}]+$/u);
  });
});

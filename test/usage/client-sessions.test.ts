import { expect } from 'chai';
import { summarize, withClientSessions } from '../../src/usage/index.ts';
import { exchangeReport } from '../state/support/exchange-report.ts';

async function* reports() {
  yield exchangeReport({ session: 'a1' });
  yield exchangeReport({ session: 'b2' });
}

describe('a summary by session', () => {
  it('has the ids of Claude Code of those that run', async () => {
    const summary = await summarize(reports(), 'session', () => undefined);
    const { rows, total } = withClientSessions(summary, [
      { session: 'b2', client_session: 'id-of-claude' },
      { session: null, client_session: null },
    ]);
    expect(rows.map(({ key, client_session }) => [key, client_session])).to.have.deep.members([
      ['a1', null],
      ['b2', 'id-of-claude'],
    ]);
    expect(total).to.equal(summary.total);
  });
});

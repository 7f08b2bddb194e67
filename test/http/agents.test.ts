import { Agent } from 'node:http';
import { expect } from 'chai';
import { AgentPool } from '../../src/http/agents.ts';

const ADDRESS = new URL('http://provider.invalid/');
const NEEDS = { connectMs: 0, isFresh: false };

describe('the pool of agents', () => {
  let tries: number;
  let pool: AgentPool;
  beforeEach(() => {
    tries = 0;
    pool = new AgentPool({ HTTP_PROXY: 'http://127.0.0.1:9' }, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(new Agent());
    });
  });

  it('tries again to load what goes through a proxy, and keeps what it has', async () => {
    const [first] = await Promise.allSettled([pool.find(ADDRESS, NEEDS)]);
    expect(first).to.have.nested.property('reason.message', 'gone');
    const agent = await pool.find(ADDRESS, NEEDS);
    expect(await pool.find(ADDRESS, NEEDS)).to.equal(agent);
    expect(tries).to.equal(2);
    pool.close();
  });

  it('is closed without complaint while an agent fails to load', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): unknown => unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const finding = Promise.allSettled([pool.find(ADDRESS, NEEDS)]);
      pool.close();
      await finding;
      await new Promise(setImmediate);
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});

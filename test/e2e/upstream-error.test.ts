import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import { startChatUpstream, toolResults, turnOf } from '../support/scripted-chat-upstream.ts';
import { prepareStage, runSession } from './support/stage.ts';

const BUSY = {
  status: 429,
  headers: { 'retry-after': '1' },
  body: { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } },
};

describe('a provider that refuses for a moment in the middle of a session', () => {
  it('costs one more request and nothing else', async () => {
    const upstream = await startChatUpstream((body, n) => {
      if (n === 1) return BUSY;
      const input = { command: 'echo survived', description: 'Say so' };
      return turnOf(body) === 0 ? { toolCalls: [{ name: 'Bash', input }] } : { text: 'WENT ON' };
    });
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    try {
      const { code, result } = await runSession(stage, 'Use one tool.');

      expect(result).to.include({ is_error: false, result: 'WENT ON' });
      expect(code).to.equal(0);
      expect(upstream.requests).to.have.lengthOf(3);
      for (const { body } of upstream.requests.slice(1)) {
        expect([...toolResults(body)].map(([id, text]) => [id, text.trim()])).to.deep.equal([['call_0_0', 'survived']]);
      }
      expect(stage.refused.hosts).to.deep.equal([]);
    } finally {
      await closeAll(stage, upstream);
    }
  });

  it('may break off in the middle of a tool call, which then runs once', async () => {
    const input = { command: 'echo once >> runs.txt', description: 'Leave a mark' };
    const upstream = await startChatUpstream((body, n) => {
      if (toolResults(body).size > 0) return { text: 'RAN ONCE' };
      const call = { text: 'Now.', toolCalls: [{ name: 'Bash', input }] };
      return n === 0 ? { ...call, cutAfter: 4 } : call;
    });
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    try {
      const { code, result } = await runSession(stage, 'Use one tool.');

      expect(result).to.include({ is_error: false, result: 'RAN ONCE' });
      expect(code).to.equal(0);
      expect(await readFile(join(stage.home.work, 'runs.txt'), 'utf8')).to.equal('once\n');
      expect(upstream.requests.length).to.be.greaterThan(2);
    } finally {
      await closeAll(stage, upstream);
    }
  });

  it('ends the session with its own words and exit code 1 when it goes on', async () => {
    const upstream = await startChatUpstream(() => ({
      status: 403,
      body: { error: { message: 'This account is closed', type: 'permission', code: 'account_closed' } },
    }));
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    try {
      const { code, result } = await runSession(stage, 'Say hello.');

      expect(code).to.equal(1);
      expect(result.is_error).to.equal(true);
      expect(result.result).to.include('This account is closed');
      expect(stage.refused.hosts).to.deep.equal([]);
    } finally {
      await closeAll(stage, upstream);
    }
  });
});

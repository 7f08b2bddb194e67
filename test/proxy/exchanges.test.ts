import { expect } from 'chai';
import type { ExchangeReport } from '../../src/state/index.ts';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { startAnthropicUpstream } from '../support/scripted-anthropic-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';

const SAID = 'words that nobody may keep';

describe('the private route for finished exchanges', () => {
  let proxy: TestProxy;
  let close: () => Promise<void>;
  before(async () => {
    const upstream = await startAnthropicUpstream(() => [{ type: 'text', text: SAID }]);
    close = () => upstream.close();
    proxy = await startTestProxy(`
      [[profiles]]
      name = "work"
      base_url = "${upstream.url}"
      api_key = "canary-key-0123456789"
      default_model = "m"`);
  });
  after(async () => {
    await proxy.stop();
    await close();
  });

  async function ask(): Promise<string> {
    const answer = await proxy.post('/proxy/work/v1/messages', question({ system: SAID }));
    expect(answer.status).to.equal(200);
    await answer.text();
    const id = answer.headers.get('request-id') ?? '';
    // The client may have all of its answer a moment before the proxy closes the books.
    await waitUntil('the exchange to be known', async () => (await look(id)).status === 200, 10_000);
    return id;
  }
  const look = async (
    wanted: string,
  ): Promise<{ status: number; body: { kind?: string; report?: ExchangeReport } }> => {
    const answer = await proxy.fetch(`/-/exchanges/${encodeURIComponent(wanted)}`);
    return { status: answer.status, body: (await answer.json()) as { kind?: string } };
  };

  it('finds one by its id, by the beginning of it, and the newest', async () => {
    const [first, second] = [await ask(), await ask()];
    for (const [wanted, id] of [
      [first, first],
      [first.slice(0, 14), first],
      [second, second],
      ['latest', second],
    ] as const) {
      const { status, body } = await look(wanted);
      expect(status).to.equal(200);
      expect(body).to.have.nested.property('report.request_id', id);
      expect(body.report).to.include({ profile: 'work', served_by: 'work', status: 200, stop_reason: 'end_turn' });
    }
    expect((await look('req_')).status).to.equal(404);
  });

  it('knows nothing of what was said, and no key', async () => {
    const { body } = await look(await ask());
    expect(JSON.stringify(body)).to.not.contain('nobody may keep').and.to.not.contain('canary-key');
  });

  it('answers 404 for what it does not know', async () => {
    for (const wanted of ['req_unknown00000', '__proto__', "' OR 1=1 --", '%', '../../status']) {
      const { status, body } = await look(wanted);
      expect(status).to.equal(404);
      expect(body).to.have.nested.property('error.type', 'not_found_error');
    }
  });

  it('wants the token', async () => {
    const { status } = await fetch(`${proxy.url}/-/exchanges/latest`);
    expect(status).to.equal(401);
  });
});

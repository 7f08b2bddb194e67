import { expect } from 'chai';
import { makeAnswer } from '../../bench/fixtures/answer.ts';
import { smallBody } from '../../bench/fixtures/request-body.ts';
import { TOKEN } from '../../bench/processes/own-home.ts';
import { generateLoad } from '../../bench/proxy/generate-load.ts';
import { LOADS } from '../../bench/proxy/loads.ts';
import { memoryOf, memoryRows } from '../../bench/proxy/memory.ts';
import { profileLoad } from '../../bench/proxy/profile-load.ts';
import { contestantsOf, runLoad } from '../../bench/proxy/run-load.ts';
import { SERVERS, setStage, type Stage } from '../../bench/proxy/stage.ts';
import { eventsOf } from '../support/proxy.ts';

const TINY = { rounds: 1, shortRounds: 1, pacedRounds: 1, share: 0.01 };
const TEXT = makeAnswer({ text: 6 });

describe('what the benches of the proxy measure', function () {
  this.timeout(60_000);
  let stage: Stage;

  before(async () => {
    stage = await setStage(undefined);
  });

  after(() => stage.close());

  it('is the upstream’s own answer behind a floor, and a translated one behind the proxy', async () => {
    stage.upstream.answerWith(TEXT, true);
    const [pass, floor, claudex] = await Promise.all(
      (['pass', 'jsonfloor', 'claudex'] as const).map((name) => ask('translated', stage.servers[name].port)),
    );
    expect(pass).to.equal(floor);
    const chatText = (pass ?? '')
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[] })
      .map(({ choices }) => choices[0]?.delta.content ?? '');
    const deltas = eventsOf(claudex ?? '').filter(({ type }) => type === 'content_block_delta');
    expect(chatText.join('')).to.equal(TEXT.text.join(''));
    expect(deltas.map(({ delta }) => (delta as { text: string }).text)).to.deep.equal(TEXT.text);
  });

  it('is an answer passed on byte for byte for the profile that translates nothing', async () => {
    stage.upstream.answerWith(TEXT, false);
    const direct = await ask('passed', stage.servers.claudex.port);
    const message = JSON.parse(direct) as { content: { text: string }[] };
    expect(message.content[0]?.text).to.equal(TEXT.text.join(''));
  });

  for (const [name, load] of Object.entries(LOADS)) {
    it(`is the load ${name} with every answer checked`, async () => {
      const rows = await runLoad(name, load, stage, TINY);
      const [cpu] = rows;
      expect(cpu).to.deep.include({ bench: name, target: load.target });
      for (const row of rows.filter(({ measure }) => !measure.includes('added')))
        expect([row.measure, row.ours > 0, (row.ratio ?? 0) > 0]).to.deep.equal([row.measure, true, true]);
      const measures = rows.map(({ measure }) => measure);
      expect(measures.some((measure) => measure.includes('added'))).to.equal('addedLatency' in load);
    });
  }

  it('counts CPU time of the server that served, and of no other', async () => {
    const idle = await stage.servers['pass again'].usage();
    const busy = await stage.servers.pass.usage();
    await contestantsOf(LOADS['small-16'], stage, { ...TINY, share: 0.05 })['pass']?.();
    expect((await stage.servers.pass.usage()).cpuMs - busy.cpuMs).to.be.greaterThan(
      (await stage.servers['pass again'].usage()).cpuMs - idle.cpuMs,
    );
  });

  it('is never an answer with a piece missing, a refusal or a dead end', async () => {
    const send = (path: string, marks: number, token = TOKEN): Promise<unknown> => {
      const { port } = stage.servers.claudex;
      return generateLoad({ port, path, token, body: smallBody(true), count: 1, concurrency: 1, marks });
    };
    stage.upstream.answerWith(TEXT, true);
    await send('/proxy/translated/v1/messages', 6);
    const failures = await Promise.all(
      [
        send('/proxy/translated/v1/messages', 7),
        send('/proxy/translated/v1/messages', 6, 'wrong'),
        send('/proxy/nobody/v1/messages', 6),
      ].map((attempt) => attempt.then(String, (error: Error) => error.message)),
    );
    expect(failures[0]).to.include('answered 200 with 6 of 7 pieces');
    expect(failures[1]).to.include('answered 401');
    expect(failures[2]).to.include('answered 404');
  });

  it('is the memory of every server', async () => {
    const memory = await memoryOf(stage);
    expect(Object.keys(memory)).to.deep.equal([...SERVERS]);
    const [idle] = memoryRows(memory, memory);
    expect(idle?.ours).to.be.within(20, 2_000);
    expect(idle?.ratio).to.be.greaterThan(0);
  });

  it('can say where the proxy’s time went', async () => {
    const text = await profileLoad('small-16', LOADS['small-16'], stage, { ...TINY, share: 0.05 });
    expect(text).to.match(/ \d+\.\d %  .+/);
  });

  async function ask(profile: string, port: number): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${port}/proxy/${profile}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      body: smallBody(profile === 'translated').toString(),
    });
    expect(response.status).to.equal(200);
    return response.text();
  }
});

import { expect } from 'chai';
import { createServer, type Socket } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { closeAll } from '../support/close-all.ts';
import { freePort } from '../support/free-port.ts';
import { startChatUpstream, turnOf, type ScriptedRefusal } from '../support/scripted-chat-upstream.ts';
import { prepareStage, runSession } from './support/stage.ts';

/** How many tools the model uses before it is done. */
const TURNS = 24;
/** In these turns the steady provider's stream breaks off once, after it has begun. */
const BROKEN_TURNS = new Set([3, 9, 15, 21]);

const refusal = (status: number, type: string, headers: { [name: string]: string } = {}): ScriptedRefusal => ({
  status,
  headers,
  body: { error: { message: `scripted ${status}`, type } },
});

const REFUSALS: readonly ScriptedRefusal[] = [
  refusal(429, 'rate_limit_error', { 'retry-after-ms': '20' }),
  refusal(529, 'overloaded_error'),
  refusal(500, 'server_error'),
  refusal(503, 'unavailable'),
  refusal(402, 'insufficient_quota'),
  { status: 200, body: '<html>Please log in to this network.</html>' },
];

/** Takes every request and breaks it in another way: silence, a reset, half a head, an event stream without a word. */
async function startBrokenUpstream(): Promise<{ url: string; calls: () => number; close(): Promise<void> }> {
  let calls = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.once('data', () => {
      calls += 1;
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n';
      if (calls % 4 === 1) socket.resetAndDestroy();
      if (calls % 4 === 2) socket.end('HTTP/1.1 200 O');
      if (calls % 4 === 3) socket.end(`${head}data: {"choices":[{"index":0,"delta":{"role":"assistant"}}]}\n\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls: () => calls,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a session whose providers fail all the time', () => {
  it('survives more than sixty failures of every kind and finishes its work through a backup', async () => {
    const cut = new Set<number>();
    const refusing = await startChatUpstream(
      (_body, n) => REFUSALS[n % REFUSALS.length] ?? refusal(500, 'server_error'),
    );
    const broken = await startBrokenUpstream();
    const steady = await startChatUpstream((body) => {
      const turn = turnOf(body);
      if (turn >= TURNS) return { text: 'FINISHED' };
      const input = { command: `echo ${turn} >> turns.txt`, description: 'Leave a mark' };
      const answer = { text: `Turn ${turn}, and on we go.`, toolCalls: [{ name: 'Bash', input }] };
      if (!BROKEN_TURNS.has(turn) || cut.has(turn)) return answer;
      cut.add(turn);
      return { ...answer, cutAfter: 2 };
    });
    const dead = await freePort();
    const backup = (name: string, url: string): string =>
      `\n[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${url}/v1"\napi_key = "sk-${name}-000000000000"\ndefault_model = "${name}-model"\n`;
    const stage = await prepareStage({
      provider_type: 'OpenAICompatible',
      base_url: `${refusing.url}/v1`,
      backups: ['broken', 'dead', 'steady'],
      more: `${backup('broken', broken.url)}${backup('dead', `http://127.0.0.1:${dead}`)}${backup('steady', steady.url)}
[retry]
max_attempts = 5
max_wait_s = 1
budget = 1
[breaker]
failure_threshold = 1000
failure_ratio = 0
[timeouts]
first_byte_s = 0.3
idle_s = 0.5
`,
    });
    try {
      const { code, result } = await runSession(stage, 'Leave all your marks.');

      expect(result).to.include({ is_error: false, result: 'FINISHED' });
      expect(code).to.equal(0);
      const marks = (await readFile(join(stage.home.work, 'turns.txt'), 'utf8')).trim().split('\n');
      expect(marks).to.deep.equal(Array.from({ length: TURNS }, (_, turn) => String(turn)));
      // The dead provider fails as often as the broken one: both stand between the first and the one that answers.
      const failures = refusing.requests.length + 2 * broken.calls() + cut.size;
      expect(failures).to.be.greaterThan(60);
      expect(cut.size).to.equal(BROKEN_TURNS.size);

      const { stdout } = await runCli(stage.home, ['explain', 'latest', '--json'], { environment: stage.environment });
      const report = JSON.parse(stdout) as { served_by: string; attempts: { profile: string; outcome: string }[] };
      expect(report.served_by).to.equal('steady');
      expect(report.attempts.map(({ profile, outcome }) => `${profile} ${outcome}`)).to.deep.equal([
        'scripted failed',
        'broken failed',
        'dead failed',
        'steady answered',
      ]);
      expect(stdout).to.not.include(stage.key);
      expect(stage.refused.hosts).to.deep.equal([]);
    } finally {
      await closeAll(stage, refusing, broken, steady);
    }
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { converse, question, type Answer } from '../faults/support/client.ts';
import { head, whole } from '../faults/support/http-text.ts';
import { startProxyProcess, type ProxyProcess } from '../faults/support/proxy-process.ts';
import { startRawUpstream, type RawUpstream } from '../faults/support/raw-upstream.ts';
import { finish, send } from '../faults/support/steps.ts';
import { DIALECTS } from '../faults/support/ways.ts';

/** A secret in every place that can hold one. None of them looks like a key. */
const CANARIES = {
  key: 'canary one of the profile',
  variable: 'canary-two-of-a-variable',
  header: 'canary/three"of+a header',
  parameter: 'canary four of a query',
  password: 'canary-five-of-an-address',
  token: 'canary-six-of-the-proxy',
  network: 'canary-seven-of-a-network-proxy',
};

/** What providers are told, in the spellings in which they might repeat it. */
const CHATTER = [CANARIES.key, CANARIES.variable, CANARIES.header, CANARIES.parameter, CANARIES.token]
  .flatMap((secret) => [secret, encodeURIComponent(secret), btoa(secret), JSON.stringify(secret).slice(1, -1)])
  .join(' ');
/** No one writes `canary` but us, and no encoding of ours hides the word but Base64. */
const TRACE = /canary|Y2FuYXJ5|NhbmFye|jYW5hcn/i;

const EXPORTED = { WORK_KEY: CANARIES.variable, HTTPS_PROXY: `http://user:${CANARIES.network}@127.0.0.1:9` };

function configuration(upstreams: readonly RawUpstream[]): string {
  const profiles = DIALECTS.flatMap(({ providerType }, index) =>
    [`api_key = '${CANARIES.key}'`, 'api_key_env = "WORK_KEY"'].map(
      (key, kind) => `[[profiles]]
name = "p${index}${kind}"
provider_type = "${providerType}"
base_url = "http://127.0.0.1:${upstreams[index]?.port}/v1"
${key}
default_model = "m"
[profiles.custom_headers]
X-Secret-Token = '${CANARIES.header}'
[profiles.query_params]
key = '${CANARIES.parameter}'
`,
    ),
  );
  const unreachable = `[[profiles]]
name = "unreachable"
base_url = "https://unreachable.example/v1"
api_key = '${CANARIES.key}'
default_model = "m"
`;
  return `proxy_token = '${CANARIES.token}'\nlog_level = "trace"\n[retry]\nmax_attempts = 1\n${profiles.join('')}${unreachable}`;
}

describe('secrets, when everybody repeats what they know', function () {
  this.timeout(60_000);
  let upstreams: readonly RawUpstream[];
  let home: IsolatedHome;
  let proxy: ProxyProcess;
  const names = [...DIALECTS.flatMap((_, index) => [`p${index}0`, `p${index}1`]), 'unreachable'];

  before(async () => {
    upstreams = await Promise.all(
      DIALECTS.map((dialect) =>
        startRawUpstream(({ n }) => {
          const error = dialect.error('authentication_error', CHATTER);
          return (
            [
              [send(whole(401, error))],
              [send(whole(500, CHATTER))],
              [send(whole(400, error))],
              [send(head(429, { 'x-secret': CANARIES.key, 'content-length': '0' }))],
              [send(whole(200, `data: ${JSON.stringify(error)}\n\n`, { 'content-type': 'text/event-stream' }))],
              [send(whole(200, CHATTER))],
              [send(`${CHATTER}\r\n\r\n`), finish],
            ][n % 7] ?? []
          );
        }),
      ),
    );
    home = await isolatedHome({ ...EXPORTED });
    proxy = await startProxyProcess({ home, config: configuration(upstreams) });
  });
  after(async () => {
    await proxy.close();
    for (const upstream of upstreams) await upstream.close();
  });

  const ask = (name: string, stream: boolean): Promise<Answer> =>
    converse({ port: proxy.port, path: `/proxy/${name}/v1/messages`, token: CANARIES.token, body: question(stream) })
      .answer;
  const look = async (path: string): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${proxy.port}${path}`, { headers: { 'x-api-key': CANARIES.token } });
    return answer.text();
  };
  const cli = (...args: string[]): Promise<ProcessResult> =>
    runCli(home, args, { environment: { CLAUDEX_PROXY_PORT: String(proxy.port) } });

  it('SEC-23: reach no client', async () => {
    for (const name of names)
      for (const stream of [true, false, true, false, true, false, true]) {
        const { status, headers, body } = await ask(name, stream);
        expect(status).to.be.greaterThan(0);
        expect(JSON.stringify(headers) + body, `${name} ${status}`).not.to.match(TRACE);
      }
    for (const upstream of upstreams) expect(upstream.calls.length).to.be.greaterThan(7);
    expect(upstreams[0]?.calls[0]?.key, 'the provider gets its key').to.equal(CANARIES.key);
  });

  it('SEC-23: stand in no line of the log at its most talkative, in no status and in no metric', async () => {
    const output = proxy.output();
    expect(output).to.include('"event":"exchange"').and.not.match(TRACE);
    expect(await look('/status'))
      .to.include('p00')
      .and.not.match(TRACE);
    expect(await look('/metrics'))
      .to.include('p00')
      .and.not.match(TRACE);
    expect(await look('/v1/models')).not.to.match(TRACE);
    expect(await look('/-/exchanges/latest')).not.to.match(TRACE);
    expect(await look(`/no/such/route?key=${CANARIES.token}`)).not.to.match(TRACE);
  });

  it('SEC-23: are printed by no command, with --json or without', async () => {
    for (const args of [
      ['profile', 'list'],
      ...names.map((name) => ['profile', 'show', name]),
      ['proxy', 'status'],
      ['proxy', 'start', '--port', String(proxy.port)],
      ['explain', 'latest'],
      ['explain', 'latest', '--bundle', join(home.work, 'bundle.json'), '--yes'],
    ])
      for (const { code, stdout, stderr } of await Promise.all([cli(...args), cli(...args, '--json')])) {
        expect([0, 3], `${args.join(' ')}: ${stderr}`).to.include(code);
        expect(stdout + stderr, args.join(' ')).not.to.match(TRACE);
      }
    const logs = await cli('proxy', 'logs');
    expect(logs.stdout).to.include('exchange').and.not.match(TRACE);
    expect(readFileSync(join(home.work, 'bundle.json'), 'utf8'))
      .to.include('unreachable')
      .and.not.match(TRACE);
  });

  it('SEC-23: are not quoted from a configuration with a mistake in it', async () => {
    for (const [index, mistake] of [
      `api_key = '${CANARIES.key}`,
      `proxy_token = '${CANARIES.token}' and more`,
      `proxy_port = "${CANARIES.token}"`,
      `api_key = "${CANARIES.variable}"`,
      `proxy_tokken = "${CANARIES.token}"`,
      `[[profiles]]\nname = "a"\nbase_url = "${CANARIES.password}"`,
      `[[profiles]]\nname = "a"\nbase_url = "https://user:${CANARIES.password}@/"`,
      `[[profiles]]\nname = "a"\napi_key = ["${CANARIES.variable}"]`,
      `[[profiles]]\nname = "a"\ncustom_headers = { authorization = ["${CANARIES.variable}"] }`,
      `[[profiles]]\nname = "a"\ncustom_headers = { "bad name" = "${CANARIES.variable}" }`,
    ].entries()) {
      const file = join(home.work, `broken-${index}.toml`);
      writeFileSync(file, `${mistake}\n`);
      const list = ['profile', 'list', '--config', file];
      for (const { code, stdout, stderr } of await Promise.all([cli(...list), cli(...list, '--json')])) {
        expect(code, mistake).to.equal(2);
        expect(stdout + stderr, mistake).not.to.match(TRACE);
      }
    }
  });

  it('SEC-23: are in no name of a process', function () {
    if (process.platform !== 'linux') return this.skip();
    expect(home.processes().map(({ command }) => command)).to.have.lengthOf(1);
    expect(JSON.stringify(home.processes())).not.to.match(TRACE);
    return undefined;
  });
});

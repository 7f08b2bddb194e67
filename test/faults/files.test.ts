import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { runProcess } from '../support/run-process.ts';
import { answering } from './support/answers.ts';
import { converse, question } from './support/client.ts';
import { TEXT } from './support/dialects/dialect.ts';
import { expectContent } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { isHealthy } from './support/proxy-process.ts';
import { DIALECTS } from './support/ways.ts';

/** More lines of the log than fit into the files of these tests. */
const REQUESTS = 120;
/** Ways to spoil a file. */
const SPOILED: readonly (readonly [what: string, content: string | Uint8Array])[] = [
  ['nothing', ''],
  ['bytes', Uint8Array.of(0, 0xff, 0xfe, 0x80, 10, 0)],
  ['other JSON', '[1, null, {"a": "b"}]\n'],
];

/**
 * The limit for files sends a signal besides failing the write, which a full disk does not: this hears it, so that nothing
 * else happens.
 */
const NO_SIGNAL = { NODE_OPTIONS: `--import=data:text/javascript,process.on('SIGXFSZ',()=>undefined)` };

/** Files of the state, from its folder. */
function stateFiles(home: IsolatedHome): string[] {
  const folder = join(home.home, '.local/share/claudex/state');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('R26: a disk that is full', function () {
  this.timeout(60_000);

  describe('when the proxy starts', () => {
    // A small record fits, a database does not.
    const stage = new FaultStage({}, { shell: 'ulimit -f 4', environment: NO_SIGNAL });
    const profiles = DIALECTS.map((dialect) => stage.profile({ dialect, script: answering(dialect) }));
    before(() => stage.start());
    after(() => stage.close());

    it('does not keep it from serving', async () => {
      for (let n = 0; n < 30; n += 1)
        for (const profile of profiles) expectContent(await profile.ask({ stream: n % 2 === 0 }));
    });
  });

  describe('while it runs', () => {
    const stage = new FaultStage();
    const profiles = DIALECTS.map((dialect) => stage.profile({ dialect, script: answering(dialect, TEXT) }));
    before(() => stage.start());
    after(() => stage.close());

    it('costs lines of the log, which are counted, and no answer', async () => {
      const home = await isolatedHome();
      try {
        const port = await freePort();
        await home.writeConfig(stage.config());
        const command = [process.execPath, CLAUDEX, 'proxy', 'start', '-d', '-p', String(port)];
        const limited = ['-c', 'ulimit -f 64; exec "$@"', 'sh', ...command];
        const environment = { ...home.environment, ...NO_SIGNAL };
        const { code, stderr } = await runProcess('sh', limited, { cwd: home.work, environment });
        expect(code, stderr).to.equal(0);
        const asked = { port, token: stage.token, body: question(true) };
        for (let n = 0; n < REQUESTS; n += 1) {
          const path = `/proxy/${profiles[n % profiles.length]?.name}/v1/messages`;
          expectContent(await converse({ ...asked, path }).answer, TEXT);
        }
        const headers = { authorization: `Bearer ${stage.token}` };
        const status = (await (await fetch(`http://127.0.0.1:${port}/status`, { headers })).json()) as {
          readonly log: { readonly dropped: number };
        };
        expect(status.log.dropped).to.be.greaterThan(0);
        await runCli(home, ['proxy', 'stop', '-p', String(port)]);
      } finally {
        await home.close();
      }
    });
  });
});

describe('R27: spoiled files', function () {
  this.timeout(120_000);
  let home: IsolatedHome;
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
  });
  afterEach(() => home.close());
  const proxy = (...args: string[]) => runCli(home, ['proxy', ...args]);

  it('of the state do not keep the proxy from starting, or are named', async () => {
    expect((await proxy('start', '-d')).code).to.equal(0);
    await proxy('stop');
    const files = stateFiles(home);
    expect(files.length).to.be.greaterThan(0);
    for (const file of files)
      for (const [what, content] of SPOILED) {
        const before = await readFile(file).catch(() => Buffer.alloc(0));
        await writeFile(file, content);
        const { code, stderr } = await proxy('start', '-d');
        expect(stderr, `${file}, ${what}`).not.to.match(/^\s+at /m);
        if (code === 0) expect(await isHealthy(port), `${file}, ${what}`).to.equal(true);
        else expect(stderr, `${file}, ${what}`).to.include(file);
        await proxy('stop');
        await writeFile(file, before);
      }
  });

  for (const [what, text, place] of [
    ['a line that is cut', 'proxy_max_streams = 7\nproxy_port = \n', /:2\b/],
    ['a wrong type', 'proxy_max_streams = 7\n\nproxy_max_body_mb = "big"\n', /:3\b/],
    ['an unknown key', '# mine\nproxy_max_steams = 7\n', /:2\b.*/],
  ] as const)
    it(`of the configuration are an error with its line and exit code 2: ${what}`, async () => {
      await home.writeConfig(text);
      const { code, stderr } = await proxy('start');
      expect(code).to.equal(2);
      const said = stderr.replaceAll(/[\s›]+/g, ' ');
      expect(said).to.include('config.toml').and.match(place);
    });

  it('of the configuration that are far too large are refused at once', async () => {
    await home.writeConfig(`# ${'x'.repeat(100 << 20)}\n`);
    const startedAt = Date.now();
    expect((await proxy('start')).code).to.equal(2);
    expect(Date.now() - startedAt).to.be.lessThan(10_000);
  });

  for (const [what, text] of [
    ['a byte order mark', '\u{FEFF}proxy_max_streams = 7\n'],
    ['CRLF', 'proxy_max_streams = 7\r\nproxy_max_body_mb = 8\r\n'],
    ['nothing in it', ''],
  ] as const)
    it(`of the configuration are none: ${what}`, async () => {
      await home.writeConfig(text);
      expect((await proxy('start', '-d')).code).to.equal(0);
    });
});

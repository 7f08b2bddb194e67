import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { serve, type TestServer } from '../../support/serve.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { profile, startReloading, type ReloadingProxy } from './support/reloading-proxy.ts';

describe('a configuration file that breaks while the proxy runs', function () {
  this.timeout(90_000);
  let upstream: TestServer;
  let proxy: ReloadingProxy;
  let file: string;
  const good = (model: string): string => profile('p', upstream.url, model);

  beforeEach(async () => {
    upstream = await serve((_request, response) => response.end('{}'));
    proxy = await startReloading({ config: good('first') });
    file = proxy.process.home.configFile;
  });
  afterEach(async () => {
    await proxy.process.close();
    await upstream.stop();
  });

  it('leaves the last good one in force, tells where it is broken, and forgets that when it is mended', async () => {
    await writeFile(file, `${good('second')}api_key = "very-secret"\nproxy_prot = `);
    await proxy.refuses(/config\.toml:7:\d+/);
    expect(await proxy.models()).to.deep.equal(['p/first']);
    expect(proxy.process.output()).not.to.include('very-secret');
    await writeFile(file, good('third'));
    await proxy.serves('p/third');
    expect(await proxy.configuration()).to.deep.include({ problem: null, restart_needed: [] });
  });

  it('is told of once in the log for each thing that is wrong', async () => {
    for (const key of ['one', 'one', 'other']) {
      await writeFile(file, `# ${Math.random()}\n${key} = 1\n${good('second')}`);
      await proxy.refuses(new RegExp(`${key}: unknown key`));
      await waitUntil('it to be logged', () => proxy.logged('configuration-refused') > 0);
    }
    expect(proxy.logged('configuration-refused')).to.equal(2);
  });

  it('may have lost all its bytes, be far too large, be a folder or no text', async () => {
    await truncate(file, 0);
    await proxy.refuses(/is empty now/);
    await truncate(file, 100 * 1024 * 1024);
    await proxy.refuses(/larger than 1 MiB/);
    await rm(file);
    await mkdir(file);
    await proxy.refuses(/is a folder/);
    await rm(file, { recursive: true });
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    await proxy.refuses(/not UTF-8/);
    await writeFile(file, `proxy_max_streams = "many"\n${good('second')}`);
    await proxy.refuses(/config\.toml:1:1: proxy_max_streams: expected/);
    expect(await proxy.models()).to.deep.equal(['p/first']);
    await writeFile(file, good('third'));
    await proxy.serves('p/third');
  });

  it('is read with a byte order mark and with lines that end like those of Windows', async () => {
    await writeFile(file, `\uFEFF${good('second').replaceAll('\n', '\r\n')}`);
    await proxy.serves('p/second');
    expect((await proxy.configuration()).problem).to.equal(null);
  });

  it('is never half in force, however often it is written', async () => {
    const both = (n: number): string => `${good(`m${n}`)}${profile('q', upstream.url, `m${n}`)}`;
    const seen = new Set<string>();
    const over = new AbortController();
    const watching = (async () => {
      while (!over.signal.aborted) seen.add((await proxy.models()).join(' '));
    })();
    for (let n = 1; n <= 100; n += 1) {
      await writeFile(file, n % 2 === 0 ? both(n) : `${both(n)}[[profiles]\n`);
      // Now and then long enough for what is there to be loaded.
      if (n % 10 < 2) await pause(200);
    }
    await writeFile(file, `${both(101)}nonsense`);
    await proxy.refuses(/config\.toml:11/);
    await writeFile(file, both(102));
    await proxy.serves('p/m102', 'q/m102');
    over.abort();
    await watching;
    expect(seen.size).to.be.greaterThan(3);
    for (const models of seen) expect(models).to.match(/^p\/first$|^p\/m(\d*[02468]) q\/m\1$/);
  });
});

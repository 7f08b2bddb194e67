import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../support/cli.ts';
import { freePort } from '../../support/free-port.ts';
import { isolatedHome } from '../../support/isolated-home.ts';
import { waitUntil } from '../../support/wait-until.ts';
import type { ProcessSettings } from '../../faults/support/proxy-process.ts';
import { profile, startReloading, type ReloadingProxy } from './support/reloading-proxy.ts';

const NOWHERE = 'http://127.0.0.1:9';

describe('the files that a running proxy follows', function () {
  this.timeout(60_000);
  let proxy: ReloadingProxy;
  afterEach(() => proxy.process.close());

  async function start(settings: Partial<ProcessSettings> = {}): Promise<ReloadingProxy['process']['home']> {
    proxy = await startReloading({ config: profile('p', NOWHERE, 'first'), ...settings });
    await proxy.serves('p/first');
    return proxy.process.home;
  }

  it('may be removed, and made again', async () => {
    const home = await start();
    await rm(dirname(home.configFile), { recursive: true });
    await proxy.serves();
    expect((await proxy.ask('p')).status).to.equal(404);
    await home.writeConfig(profile('p', NOWHERE, 'second'));
    await proxy.serves('p/second');
  });

  it('may be links, to a file that changes or to another one', async () => {
    const { configFile, home } = await start();
    const [one, other] = [join(home, 'one.toml'), join(home, 'other.toml')];
    await writeFile(one, profile('p', NOWHERE, 'linked'));
    await writeFile(other, profile('p', NOWHERE, 'elsewhere'));
    const relink = async (target: string): Promise<void> => {
      await symlink(target, `${configFile}.new`);
      await rename(`${configFile}.new`, configFile);
    };
    await relink(one);
    await proxy.serves('p/linked');
    await writeFile(one, profile('p', NOWHERE, 'edited'));
    await proxy.serves('p/edited');
    await relink(other);
    await proxy.serves('p/elsewhere');
  });

  it('are a project file that appears, in full only once it is trusted', async () => {
    const home = await start();
    const file = join(home.work, 'claudex.toml');
    await writeFile(file, `proxy_max_body_mb = 1\nmodel_aliases = { a = "b" }\n${profile('q', NOWHERE, 'project')}`);
    await runCli(home, ['trust', '--yes']);
    await proxy.serves('p/first', 'q/project');
    await writeFile(file, `proxy_max_streams = 0\n${profile('q', NOWHERE, 'changed')}`);
    // The change is not trusted, and what is not trusted is not even checked.
    await proxy.serves('p/first');
    expect((await proxy.configuration()).problem).to.equal(null);
    await waitUntil('the warning', () => proxy.process.output().includes('is not trusted'));
    await rm(file);
    await writeFile(join(home.root, 'claudex.yaml'), 'log_level: 7\n');
    await proxy.refuses(/claudex\.yaml:1:1: log_level/);
  });

  it('are the one that is named, which is missed when it is gone', async () => {
    const home = await isolatedHome();
    const named = join(home.work, 'named.toml');
    await writeFile(named, profile('p', NOWHERE, 'first'));
    await start({ home, environment: { CLAUDEX_CONFIG: named }, config: '' });
    await rm(named);
    await proxy.refuses(/CLAUDEX_CONFIG names .*named\.toml, which does not exist/);
    expect(await proxy.models()).to.deep.equal(['p/first']);
    await writeFile(named, profile('p', NOWHERE, 'second'));
    await proxy.serves('p/second');
  });

  it('are only the global one for a proxy that all sessions share', async () => {
    const home = await start({ environment: { CLAUDEX_DAEMON: '1' } });
    await mkdir(join(home.work, '.claudex'));
    await writeFile(join(home.work, '.claudex', 'config.toml'), 'default_profile = "nobody"\nlog_level = 7\n');
    await home.writeConfig(profile('p', NOWHERE, 'second'));
    await proxy.serves('p/second');
    expect((await proxy.configuration()).problem).to.equal(null);
  });

  it('may change what needs another start, which is told and has no effect before', async () => {
    const home = await start();
    const changed = `proxy_port = ${await freePort()}\nproxy_token = "${'t'.repeat(32)}"\n`;
    await home.writeConfig(`${changed}${profile('p', NOWHERE, 'second')}`);
    await proxy.serves('p/second');
    expect((await proxy.configuration()).restart_needed).to.deep.equal(['proxy_port', 'proxy_token']);
    await home.writeConfig(profile('p', NOWHERE, 'third'));
    await proxy.serves('p/third');
    expect((await proxy.configuration()).restart_needed).to.deep.equal([]);
  });

  it('decide from then on how much is logged', async () => {
    const home = await start();
    const loaded = (): number => proxy.logged('configuration-loaded');
    await home.writeConfig(profile('p', NOWHERE, 'second'));
    await proxy.serves('p/second');
    await waitUntil('it to be logged', () => loaded() === 1);
    await home.writeConfig(`log_level = "error"\n${profile('p', NOWHERE, 'third')}`);
    await proxy.serves('p/third');
    await home.writeConfig(`log_level = "info"\n${profile('p', NOWHERE, 'fourth')}`);
    await proxy.serves('p/fourth');
    await waitUntil('it to be logged again', () => loaded() > 1);
    expect(loaded()).to.equal(2);
  });
});

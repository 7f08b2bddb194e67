import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve, type TestServer } from '../support/serve.ts';
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts';
import { loadScript } from './support/load-script.ts';

interface Wanted {
  name: string;
  version: string;
  folder: string;
  announce: () => void;
}
interface FetchPackage {
  fetchPackage: (wanted: Wanted) => Promise<string>;
}

const NAME = '@claudex-test/thing';
const VERSION = '1.2.3';

describe('fetching one package into the cache', () => {
  let root: string;
  let registry: TestServer;
  let fetchPackage: FetchPackage['fetchPackage'];
  let announcements: number;
  const saved = { ...process.env };

  before(async () => {
    ({ fetchPackage } = await loadScript<FetchPackage>('support/fetch-package.mjs'));
    root = makeTemporaryFolder();
    registry = await startRegistry(makeTarball(root));
    process.env['npm_config_registry'] = `${registry.url}/`;
    process.env['npm_config_cache'] = join(root, 'npm-cache');
    process.env['npm_config_fetch_retries'] = '0';
  });
  beforeEach(() => {
    announcements = 0;
  });
  after(async () => {
    for (const name of ['npm_config_registry', 'npm_config_cache', 'npm_config_fetch_retries']) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
    await registry.stop();
    removeFolder(root);
  });

  const wanted = (folder: string, version = VERSION): Wanted => ({
    name: NAME,
    version,
    folder: join(root, folder),
    announce: () => (announcements += 1),
  });

  it('fetches it once, whole, and runs none of its scripts', async () => {
    const place = await fetchPackage(wanted('once'));
    expect(readFileSync(join(place, 'program'), 'utf8')).to.equal('the program');
    expect(existsSync(join(place, 'ran'))).to.equal(false);
    expect(await fetchPackage(wanted('once'))).to.equal(place);
    expect(announcements).to.equal(1);
    expect(readdirSync(join(root, 'once'))).to.deep.equal([VERSION]);
  });

  it('gives two callers at once the same whole package and leaves nothing else behind', async () => {
    const places = await Promise.all([fetchPackage(wanted('twice')), fetchPackage(wanted('twice'))]);
    expect(new Set(places).size).to.equal(1);
    expect(existsSync(join(places[0], 'program'))).to.equal(true);
    expect(readdirSync(join(root, 'twice'))).to.deep.equal([VERSION]);
  });

  it('replaces a folder without the package', async () => {
    mkdirSync(join(root, 'half', VERSION, 'node_modules'), { recursive: true });
    expect(existsSync(join(await fetchPackage(wanted('half')), 'program'))).to.equal(true);
  });

  it('says what npm could not do, and leaves nothing behind', async () => {
    const [fetched] = await Promise.allSettled([fetchPackage(wanted('none', '9.9.9'))]);
    expect(fetched).to.have.nested.property('reason.message').that.contains(`npm could not fetch ${NAME}@9.9.9`);
    expect(readdirSync(join(root, 'none'))).to.deep.equal([]);
  });
});

function makeTarball(root: string): Buffer {
  const source = join(root, 'source');
  mkdirSync(source);
  const scripts = { postinstall: 'touch ran' };
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: NAME, version: VERSION, scripts }));
  writeFileSync(join(source, 'program'), 'the program');
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: source, stdio: 'pipe' });
  const tarball = readdirSync(source).find((name) => name.endsWith('.tgz'));
  return readFileSync(join(source, tarball ?? 'missing'));
}

function startRegistry(tarball: Buffer): Promise<TestServer> {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  return serve((request, response) => {
    if (request.url.endsWith('.tgz')) return void response.end(tarball);
    const dist = { tarball: `http://${request.headers.host}/thing.tgz`, integrity };
    const versions = { [VERSION]: { name: NAME, version: VERSION, dist } };
    return void response.end(JSON.stringify({ name: NAME, 'dist-tags': { latest: VERSION }, versions }));
  });
}

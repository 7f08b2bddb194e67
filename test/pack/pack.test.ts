import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPackage } from '../support/packages.ts';
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts';
import { waitUntil } from '../support/wait-until.ts';
import { installWith, type InstalledClaudex } from './support/installed.ts';
import { NODE_VERSIONS } from './support/node-binary.ts';
import { contentsOf, packInto } from './support/tarball.ts';

const { version, bundleDependencies } = readPackage('.');

describe('the tarball', () => {
  let folder: string;
  let tarball: string;

  before(async () => {
    folder = makeTemporaryFolder();
    tarball = await packInto(folder);
  });

  after(() => removeFolder(folder));

  it('holds the built program, the bundled plugins and what those need, and no sources, tests or maps', async () => {
    const contents = await contentsOf(tarball);
    const plugins = bundleDependencies.map((name) => `node_modules/${name}/lib/index.js`);
    expect(contents).to.include.members(['bin/run.js', 'lib/commands/run.js', 'oclif.manifest.json', ...plugins]);
    const own = contents.filter((path) => !/^node_modules\/(?!@claudex\/)/.test(path));
    const extra = own.filter((path) => /\.map$|tsbuildinfo$|(?:^|\/)(?:src|test)\/|(?<!\.d)\.ts$/.test(path));
    expect(extra).to.deep.equal([]);
    const packages = contents.map(
      (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? '',
    );
    const foreign = packages.filter((name) => name !== '' && !name.startsWith('@claudex/'));
    // What the program needs as well is fetched when it is installed.
    expect(neededBy(bundleDependencies)).to.include.members(foreign);
    expect(foreign).to.include.members(['google-auth-library']);
  });

  for (const node of NODE_VERSIONS.supported) {
    describe(`installed with Node ${node}`, () => {
      let installed: InstalledClaudex;

      before(async () => {
        installed = await installWith(node, tarball);
      });

      after(() => installed?.home.close());

      it('fetched no plugin of its own from anywhere', async () => {
        const own = Object.entries(await installed.tree()).filter(([path]) => path.includes('node_modules/@claudex/'));
        expect(own.map(([path]) => path.replace('node_modules/claudex/node_modules/', ''))).to.have.members([
          ...bundleDependencies,
        ]);
        expect(own.filter(([, entry]) => entry.inBundle !== true)).to.deep.equal([]);
        expect(installed.npmOutput).to.not.match(/http fetch .*@claudex/i);
      });

      it('tells its version and the Node it runs on', async () => {
        const { code, stdout } = await installed.run('--version');
        expect(code).to.equal(0);
        expect(stdout).to.include(`claudex/${version} `).and.to.include(`node-v${node}`);
      });

      it('lists the plugins it came with', async () => {
        const { code, stdout } = await installed.run('plugins', '--core');
        expect(code).to.equal(0);
        for (const name of bundleDependencies.filter((each) => each !== '@claudex/sdk')) {
          expect(stdout).to.include(name.replace('@claudex/plugin-', ''));
        }
      });

      it('answers a request through the demo, and leaves nothing running', async () => {
        const started = await installed.run('proxy', 'start', '-d');
        expect(started.code, started.stderr).to.equal(0);
        const answer = await askDemo(installed);
        expect(answer.status).to.equal(200);
        const { type, role, content } = JSON.parse(await answer.text());
        expect({ type, role }).to.deep.equal({ type: 'message', role: 'assistant' });
        expect(content[0].text).to.be.a('string').and.to.match(/\w/);

        const stopped = await installed.run('proxy', 'stop');
        expect(stopped.code, stopped.stderr).to.equal(0);
        await waitUntil('the proxy to end', () => installed.home.processes().length === 0, 5_000);
      });
    });
  }

  it(`says in one line on Node ${NODE_VERSIONS.refused} which Node it needs`, async () => {
    const installed = await installWith(NODE_VERSIONS.refused, tarball);
    try {
      for (const args of [['--version'], ['run', 'demo'], ['proxy', 'status']]) {
        const { code, stdout, stderr } = await installed.run(...args);
        expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
        expect(stderr)
          .to.match(/^claudex needs Node [^\n]+\n$/)
          .and.to.include(NODE_VERSIONS.refused);
      }
    } finally {
      await installed.home.close();
    }
  });
});

/** Packages that bundled ones depend on, and what those depend on, without the bundled ones themselves. */
function neededBy(bundled: readonly string[]): string[] {
  const found = new Set<string>(bundled);
  // A set is walked to its end, also where that moves.
  for (const name of found)
    for (const needed of Object.keys(readPackage(`node_modules/${name}`).dependencies)) found.add(needed);
  return [...found].filter((name) => !bundled.includes(name));
}

async function askDemo({ home, port }: InstalledClaudex): Promise<Response> {
  const token = await readFile(join(home.home, '.local/share/claudex/state/proxy-token'), 'utf8');
  return fetch(`http://127.0.0.1:${port}/proxy/demo/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` },
    body: JSON.stringify({ model: 'demo', max_tokens: 200, messages: [{ role: 'user', content: 'Hello' }] }),
    signal: AbortSignal.timeout(30_000),
  });
}

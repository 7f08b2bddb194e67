import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { readPackage } from '../support/packages.ts';
import { ROOT } from '../support/source-files.ts';

/** Prints the URL of every file that is loaded, builtin modules left out. */
const SPY = `import { registerHooks } from 'node:module';
import { writeSync } from 'node:fs';
registerHooks({ load(url, context, next) {
  if (url.startsWith('file:')) writeSync(2, 'loaded ' + url + '\\n');
  return next(url, context);
} });`;

/** So many files a command that only reads may load; without a bundle it were more than 300. */
const MOST_FILES = 45;

describe('the bundle', () => {
  let home: IsolatedHome;
  before(async () => {
    home = await isolatedHome();
  });
  after(() => home.close());

  async function loadedBy(...args: string[]): Promise<string[]> {
    const spy = join(home.root, 'spy.mjs');
    await writeFile(spy, SPY);
    const { stderr } = await runCli(home, args, {
      environment: { NODE_OPTIONS: `--import=${pathToFileURL(spy).href}` },
    });
    return stderr.split('\n').flatMap((line) => {
      const url = line.split('loaded ')[1];
      return url === undefined || url === pathToFileURL(spy).href ? [] : [fileURLToPath(url)];
    });
  }

  it('lets a command that reads load few files, and nothing of the proxy, of packages for the network and the prompts', async () => {
    const files = await loadedBy('profile', 'list');
    expect(files).to.include(join(ROOT, 'lib', 'commands', 'profile', 'list.js'));
    expect(files.length).to.be.lessThan(MOST_FILES);
    const code = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    // The bundler names each file that it puts into another.
    expect(code).to.match(/^\/\/ src\/config\/load\.ts$/m);
    expect(code).to.not.match(/^\/\/ src\/(?:proxy|trial|wizard)\//m);
    expect(code).to.not.match(/^\/\/ .*node_modules\/(?:koa|undici|node-fetch|inquirer|listr2|pino|prom-client)\//m);
  });

  it('brings one copy of oclif to its own commands', async () => {
    const files = await loadedBy('profile', 'list');
    expect(files.filter((file) => file.includes('@oclif'))).to.deep.equal([]);
  });

  it('has the script of each thread beside the file that starts it', () => {
    const lib = join(ROOT, 'lib');
    const starters = readdirSync(lib, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .filter((file) => /\.\/(?:store|token)-worker\$\{/.test(readFileSync(join(lib, file), 'utf8')));
    expect(starters.length).to.be.greaterThan(0);
    expect(starters.filter((file) => !/^chunks[\\/][^\\/]+$/.test(file))).to.deep.equal([]);
    expect(readdirSync(join(lib, 'chunks'))).to.include.members(['store-worker.js', 'token-worker.js']);
  });

  it('leaves the SDK outside, of which there must be one', () => {
    const code = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(ROOT, 'lib', file), 'utf8'));
    expect(code.some((text) => /from "@claudex\/sdk"/.test(text))).to.equal(true);
    expect(code.filter((text) => /^\/\/ plugins\//m.test(text))).to.deep.equal([]);
  });

  it('comes with the licence of every package in it', () => {
    const notices = readFileSync(join(ROOT, 'lib', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const { version } = readPackage('node_modules/koa');
    expect(notices).to.contain(`koa ${version} (MIT)`).and.to.contain('@oclif/core 5.').and.to.contain('Permission is');
    expect(notices).to.not.contain('undefined');
  });
});

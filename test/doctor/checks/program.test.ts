import { expect } from 'chai';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, fitsRange } from '../../../src/doctor/checks/node.ts';
import { checkPlugins } from '../../../src/doctor/checks/plugins.ts';
import { checkUpdate } from '../../../src/doctor/checks/update.ts';
import { registryOf } from '../../support/registry.ts';
import { ROOT } from '../../support/source-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

describe('doctor: the program', () => {
  const folder = temporaryFolder();

  it('finds fault with a Node that is too old, and with no other', () => {
    expect(checkNode(installationIn(folder()))).to.deep.equal([{ id: 'node', state: 'ok', title: 'Node 24.21.0' }]);
    const [old] = checkNode(installationIn(folder(), { nodeVersion: '20.1.0' }));
    expect(old).to.include({ state: 'problem' });
    expect(old?.detail).to.contain('^24.15.0');
    expect(old?.remedy).to.contain('nodejs.org');
  });

  it('takes the versions that the program itself takes', async () => {
    const { supportedNode } = (await import(pathToFileURL(join(ROOT, 'bin', 'supported-node.js')).href)) as {
      supportedNode: (version: string) => string | undefined;
    };
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    const versions = [
      '18.0.0',
      '22.22.1',
      '22.22.2',
      '23.9.0',
      '24.14.9',
      '24.15.0',
      '24.99.1',
      '25.1.0',
      '26.0.0',
      '30.2.1',
    ];
    for (const version of versions) {
      expect(fitsRange(version, engines.node), version).to.equal(supportedNode(version) === undefined);
    }
  });

  it('passes on what is wrong with plugins, and names those that were installed', async () => {
    const registry = { ...registryOf(), warnings: ['plugin acme was left out: it is broken'] };
    const plugins = [
      { name: 'acme', version: '1.0.0', type: 'user' },
      { name: '@claudex/plugin-provider-openai', version: '0.1.0', type: 'core' },
    ];
    const [broken, list] = await checkPlugins(
      installationIn(folder(), { plugins, registry: () => Promise.resolve(registry) }),
    );
    expect(broken).to.include({ state: 'warning', detail: 'plugin acme was left out: it is broken' });
    expect(list).to.include({ state: 'ok', detail: 'acme 1.0.0' });
    const sound = await checkPlugins(installationIn(folder()));
    expect(sound.map(({ state }) => state)).to.deep.equal(['ok']);
  });

  it('says how this copy is renewed', async () => {
    const told = async (programRoot: string): Promise<string | undefined> =>
      (await checkUpdate(installationIn(folder(), { programRoot })))[0]?.detail;
    const npm = join(folder(), 'lib', 'node_modules', 'claudex');
    expect(await told(npm)).to.contain('npm install --global claudex@latest');
    expect(await told(folder())).to.contain('archive');
    mkdirSync(join(folder(), '.git'));
    expect(await told(folder())).to.contain('git pull');
  });
});

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPackage } from '../support/packages.ts';
import { pluginFolders, ROOT } from '../support/source-files.ts';

const root = readPackage('.');
const folders = pluginFolders();

describe('the packages', () => {
  it('are named after their folders', () => {
    expect(folders).to.include.members(['sdk', 'protocol-openai-chat', 'provider-demo']);
    for (const folder of folders) {
      expect(readPackage(`plugins/${folder}`).name).to.equal(nameOf(folder));
    }
  });

  it('are dependencies of the root and travel inside its tarball', () => {
    const names = folders.map(nameOf).toSorted();
    expect(Object.keys(root.dependencies).filter((name) => name.startsWith('@claudex/'))).to.have.members(names);
    expect(root.bundleDependencies.toSorted()).to.deep.equal(names);
  });

  it('are built with the root', () => {
    const { references } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
      references: { path: string }[];
    };
    expect(references.map(({ path }) => path)).to.have.members(folders.map((folder) => `plugins/${folder}`));
  });

  it('have the version that the root asks for', () => {
    for (const folder of folders) {
      const { name, version } = readPackage(`plugins/${folder}`);
      expect(root.dependencies[name], name).to.equal(`^${version}`);
    }
  });

  it('ask for each dependency by a range that has a lower end and stays below the next major', () => {
    for (const place of ['.', ...folders.map((folder) => `plugins/${folder}`)]) {
      const { dependencies, devDependencies, peerDependencies } = readPackage(place);
      for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies })) {
        expect(range, `${name} of ${place}`).to.match(/^(?:\^|~)?\d+\.\d+\.\d+$/);
      }
    }
  });

  it('are all under the MIT licence, whose text is there', () => {
    const licences = ['.', ...folders.map((folder) => `plugins/${folder}`)].map((place) => readPackage(place).license);
    expect(new Set(licences)).to.deep.equal(new Set(['MIT']));
    const text = readFileSync(join(ROOT, 'LICENSE'), 'utf8');
    expect(text)
      .to.match(/^MIT License/)
      .and.to.include('without restriction')
      .and.to.include('WITHOUT WARRANTY');
  });

  it('do not load the updater, whose init hook would start a process by itself', () => {
    const { plugins } = root.oclif;
    expect(plugins).to.include('@claudex/plugin-*');
    expect(plugins.filter((name) => name.includes('plugin-update'))).to.deep.equal([]);
  });

  it('ship nothing that runs when they are installed', () => {
    for (const place of ['.', ...folders.map((folder) => `plugins/${folder}`)]) {
      const { scripts } = readPackage(place);
      expect(scripts).to.not.have.any.keys('preinstall', 'install', 'postinstall', 'prepare');
    }
  });
});

function nameOf(folder: string): string {
  return folder === 'sdk' ? '@claudex/sdk' : `@claudex/plugin-${folder}`;
}

import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfiguration, type ConfigurationSources } from '../../src/config/index.ts';
import { trustRecordFile } from '../../src/config/trust.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the files that may change a configuration', () => {
  const folder = temporaryFolder();
  const path = (...names: string[]): string => join(folder(), ...names);
  const watched = async (more: Partial<ConfigurationSources> = {}): Promise<string[]> => {
    const folders = { workingFolder: path('work', 'inner'), configFolder: path('config'), stateFolder: path('state') };
    await mkdir(folders.workingFolder, { recursive: true });
    return (await loadConfiguration({ ...folders, environment: {}, ...more })).watched;
  };
  const globals = (): string[] => ['toml', 'yaml', 'yml'].map((extension) => path('config', `config.${extension}`));

  it('are all that would be found, though none exists', async () => {
    const files = await watched();
    expect(files.slice(0, 3)).to.deep.equal(globals());
    expect(files).to.include.members([
      path('work', 'inner', 'claudex.toml'),
      path('work', 'claudex.yml'),
      path('.claudex', 'config.yaml'),
    ]);
    expect(files.length).to.be.lessThan(70);
  });

  it('are only the global ones without a project', async () => {
    expect(await watched({ withoutProject: true })).to.deep.equal(globals());
  });

  it('are those that the user names, and the global ones beside $CLAUDEX_CONFIG', async () => {
    await writeFile(path('named.toml'), '');
    expect(await watched({ configFile: '../../named.toml' })).to.deep.equal([path('named.toml')]);
    const environment = { CLAUDEX_CONFIG: path('named.toml') };
    expect(await watched({ environment })).to.deep.equal([...globals(), path('named.toml')]);
  });

  it('are also the record of the trust in the project file that is there', async () => {
    await mkdir(path('work'));
    await writeFile(path('work', 'claudex.toml'), '');
    const record = trustRecordFile(path('state'), await realpath(path('work', 'claudex.toml')));
    expect(await watched()).to.include(record);
  });
});

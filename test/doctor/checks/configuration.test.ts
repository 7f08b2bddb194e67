import { expect } from 'chai';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordTrust } from '../../../src/config/index.ts';
import { checkConfiguration, checkGlobalFile } from '../../../src/doctor/checks/configuration.ts';
import { checkTrust } from '../../../src/doctor/checks/trust.ts';
import { checkVariables } from '../../../src/doctor/checks/variables.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn, type InstallationChanges } from '../support/installation.ts';

describe('doctor: the configuration', () => {
  const folder = temporaryFolder();
  const globalFile = (): string => join(folder(), 'config', 'config.toml');
  const projectFile = (): string => join(folder(), 'work', 'claudex.toml');

  /** An installation with these files. */
  function withFiles(files: { global?: string; project?: string }, changes: InstallationChanges = {}) {
    const installation = installationIn(folder(), changes);
    if (files.global !== undefined) writeFileSync(globalFile(), files.global, { mode: 0o600 });
    if (files.project !== undefined) writeFileSync(projectFile(), files.project);
    return installation;
  }

  it('names the files of a configuration that is in order', async () => {
    const installation = withFiles({ global: 'proxy_port = 1234', project: 'log_level = "warn"' });
    const [found] = await checkConfiguration(installation);
    expect(found).to.include({ state: 'ok', detail: `${globalFile()}, ${projectFile()}` });
    expect((await checkConfiguration(installationIn(join(folder(), 'empty'))))[0]).to.include({
      detail: 'all defaults',
    });
  });

  it('says everything that is wrong in both files at once', async () => {
    const installation = withFiles({ global: 'proxy_prot = 1', project: 'log_level = "loud"' });
    const [found] = await checkConfiguration(installation);
    expect(found).to.include({ id: 'configuration', state: 'problem' });
    expect(found?.detail).to.contain('config.toml:1:1').and.contain('claudex.toml:1:1').and.contain('proxy_port');
    expect(found?.remedy).to.match(/\w/);
  });

  it('leaves to the others what is right in a broken one', async () => {
    const installation = withFiles({ global: 'log_level = "loud"\nproxy_port = 14000\nproxy_token = "of-this-test"' });
    expect(await installation.values()).to.include({ proxy_port: 14_000, log_level: 'info' });
    expect(await installation.token()).to.equal('of-this-test');
  });

  it('says so of a file that was named and does not exist', async () => {
    const configFile = join(folder(), 'nowhere.toml');
    const [found] = await checkConfiguration(installationIn(folder(), { configFile }));
    expect(found).to.include({ state: 'problem' });
    expect(found?.detail).to.contain(configFile);
  });

  it('offers to make the global file where there is none', async () => {
    const createGlobalFile = async (): Promise<string> => {
      writeFileSync(globalFile(), '');
      return globalFile();
    };
    const [found] = await checkGlobalFile(withFiles({}, { createGlobalFile }));
    expect(found).to.include({ id: 'global-file', state: 'warning' });
    expect(existsSync(globalFile())).to.equal(false);
    expect(await found?.fix?.()).to.equal(`made ${globalFile()}`);
    expect((await checkGlobalFile(withFiles({})))[0]).to.include({ state: 'ok', detail: globalFile() });
  });

  it('does not ask for a global file where another one was named', async () => {
    const changes = { environment: { CLAUDEX_CONFIG: '/some/file.toml' } };
    expect(await checkGlobalFile(withFiles({}, changes))).to.deep.equal([]);
    expect(await checkTrust(withFiles({ project: 'proxy_port = 1' }, changes))).to.deep.equal([]);
  });

  it('warns of a second global file, which nobody reads', async () => {
    const installation = withFiles({ global: '' });
    writeFileSync(join(folder(), 'config', 'config.yaml'), '');
    const [found] = await checkGlobalFile(installation);
    expect(found).to.include({ state: 'warning' });
    expect(found?.detail).to.contain('not read:').and.contain('config.yaml');
  });

  it('warns of a project file that needs trust, names what is ignored, and no value', async () => {
    const project = '[[profiles]]\nname = "p"\nbase_url = "https://canary.example"\ndefault_model = "m"\n';
    const [found] = await checkTrust(withFiles({ project }));
    expect(found).to.include({ id: 'trust', state: 'warning' });
    expect(found?.detail).to.contain('profiles').and.not.contain('canary');
    expect(found?.remedy).to.contain('claudex trust');
    await recordTrust(join(folder(), 'data', 'state'), projectFile());
    expect((await checkTrust(withFiles({})))[0]).to.include({ state: 'ok', title: 'The project file is trusted' });
  });

  it('is content with a project file that needs none, and without one', async () => {
    expect(await checkTrust(withFiles({}))).to.deep.equal([]);
    const [found] = await checkTrust(withFiles({ project: 'log_level = "warn"' }));
    expect(found).to.include({ state: 'ok', title: 'The project file needs no trust' });
    expect(await checkTrust(withFiles({ project: 'nonsense = [' }))).to.deep.equal([]);
  });

  it('points to variables that are a near miss of a key', () => {
    const environment = { CLAUDEX_PROXY_PROT: '1', CLAUDEX_DISABLE_AUTOUPDATE: '1', CLAUDEX_PROXY_PORT: '2' };
    const found = checkVariables(installationIn(folder(), { environment }));
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ id: 'variables', state: 'warning', title: 'CLAUDEX_PROXY_PROT changes nothing' });
    expect(found[0]?.remedy).to.contain('CLAUDEX_PROXY_PORT');
    expect(checkVariables(installationIn(folder()))[0]).to.include({ state: 'ok' });
  });
});

import { expect } from 'chai';
import { listConfiguration, provenanceOf, recordTrust, secretsOfLayers } from '../../src/config/index.ts';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

describe('where a value comes from', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  it('is the highest layer that sets it, with the layers below and what they say', async () => {
    const global = workspace.write('global/config.toml', '\nlog_level = "warn"\n');
    const project = workspace.write('project/claudex.yaml', '# mine\nlog_level: error\n');
    const loaded = await workspace.load({ environment: { CLAUDEX_LOG_LEVEL: 'debug' } });
    expect(provenanceOf(loaded, ['log_level'])).to.deep.equal({
      layer: 'environment',
      where: 'CLAUDEX_LOG_LEVEL',
      value: 'debug',
      overrides: [
        { layer: 'project', where: `${project}:2:1`, value: 'error' },
        { layer: 'global', where: `${global}:2:1`, value: 'warn' },
        { layer: 'defaults', value: 'info' },
      ],
    });
  });

  it('is the defaults for what nobody set, and nothing where there is not even a default', async () => {
    const loaded = await workspace.load();
    expect(provenanceOf(loaded, ['timeouts', 'idle_s'])).to.deep.equal({
      layer: 'defaults',
      value: 300,
      overrides: [],
    });
    expect(provenanceOf(loaded, ['proxy_token'])).to.equal(undefined);
    expect(provenanceOf(loaded, ['nonsense'])).to.equal(undefined);
  });

  it('is found in profiles that stand at other places in their files than after merging', async () => {
    const global = workspace.write('global/config.toml', profile('a') + profile('b', 'priority = 1'));
    const project = workspace.write('project/claudex.toml', `[[profiles]]\nname = "b"\npriority = 2\n`);
    await recordTrust(workspace.state, project);
    const loaded = await workspace.load();
    const place = loaded.values.profiles.findIndex(({ name }) => name === 'b');
    expect(provenanceOf(loaded, ['profiles', place, 'priority'])).to.deep.equal({
      layer: 'project',
      where: `${project}:3:1`,
      value: 2,
      overrides: [
        { layer: 'global', where: `${global}:9:1`, value: 1 },
        { layer: 'defaults', value: 100 },
      ],
    });
    expect(provenanceOf(loaded, ['profiles', place, 'base_url'])).to.include({
      layer: 'global',
      where: `${global}:7:1`,
    });
    expect(provenanceOf(loaded, ['profiles', place, 'enabled'])).to.deep.equal({
      layer: 'defaults',
      value: true,
      overrides: [],
    });
    expect(provenanceOf(loaded, ['profiles', 7, 'enabled'])).to.equal(undefined);
  });

  it('is the variable that sets a whole table for a key in it', async () => {
    const loaded = await workspace.load({ environment: { CLAUDEX_RETRY: '{"budget": 0.5}' } });
    expect(provenanceOf(loaded, ['retry', 'budget'])).to.deep.include({ layer: 'environment', where: 'CLAUDEX_RETRY' });
  });

  it('is not a project file that is not trusted, for what that needs trust for', async () => {
    workspace.write('project/claudex.toml', 'proxy_port = 1\nlog_level = "warn"\n');
    const loaded = await workspace.load();
    expect(provenanceOf(loaded, ['proxy_port'])).to.deep.include({ layer: 'defaults', value: 13_456 });
    expect(provenanceOf(loaded, ['log_level'])).to.include({ layer: 'project' });
  });

  it('is listed for every key, without the secrets of any layer', async () => {
    workspace.write('global/config.toml', profile('p', 'api_key = "secret-of-global"', 'models = { opus = "x" }'));
    const project = workspace.write(
      'project/claudex.toml',
      '[[profiles]]\nname = "p"\napi_key = "secret-of-project"\n',
    );
    await recordTrust(workspace.state, project);
    const environment = { CLAUDEX_MODEL_ALIASES: '{"a": "secret-of-global"}' };
    const loaded = await workspace.load({ environment });
    const listed = listConfiguration(loaded, environment);
    expect(listed.map(({ key }) => key)).to.include.members([
      'proxy_port',
      'profiles.p.models.opus',
      'context.rag.top_k',
    ]);
    expect(listed.find(({ key }) => key === 'profiles.p.api_key')).to.deep.include({ value: '********' });
    expect(JSON.stringify(listed)).to.not.contain('secret-of');
    expect(secretsOfLayers(loaded, environment)).to.include.members(['secret-of-global', 'secret-of-project']);
  });
});

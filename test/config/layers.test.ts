import { expect } from 'chai';
import { recordTrust } from '../../src/config/index.ts';
import { makeWorkspace, profile, type Workspace } from './support/workspace.ts';

describe('laying configuration over each other', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  async function writeTrusted(text: string): Promise<void> {
    await recordTrust(workspace.state, workspace.write('project/claudex.toml', text));
  }

  it('lets the environment win over the project, that over the global file, that over the defaults', async () => {
    workspace.write('global/config.toml', '[timeouts]\nidle_s = 100\nconnect_s = 100\nfirst_byte_s = 100');
    await writeTrusted('[timeouts]\nconnect_s = 50\nfirst_byte_s = 50');
    const environment = { CLAUDEX_TIMEOUTS__FIRST_BYTE_S: '20' };
    const { values } = await workspace.load({ environment });
    expect(values.timeouts).to.deep.equal({
      connect_s: 50,
      first_byte_s: 20,
      idle_s: 100,
      ping_s: 15,
      drain_s: 30,
    });
    expect((await workspace.load({ withoutProject: true })).values.timeouts.connect_s).to.equal(100);
  });

  it('merges maps by key and replaces lists', async () => {
    workspace.write(
      'global/config.toml',
      '[model_aliases]\na = "1"\nb = "2"\n[context.rag]\nindex_paths = ["x", "y"]\ntop_k = 9',
    );
    await writeTrusted('[model_aliases]\nb = "3"\nc = "4"\n[context.rag]\nindex_paths = ["z"]');
    const { values } = await workspace.load();
    expect(values.model_aliases).to.deep.equal({ a: '1', b: '3', c: '4' });
    expect(values.context.rag).to.include({ top_k: 9, chunk_size: 512 });
    expect(values.context.rag.index_paths).to.deep.equal(['z']);
  });

  it('merges profiles by name, key by key, in the order in which the names came up', async () => {
    workspace.write(
      'global/config.toml',
      [
        profile('one', 'priority = 5', 'custom_headers = { a = "1", b = "1" }', 'backup_providers = ["two"]'),
        profile('two'),
      ].join('\n'),
    );
    await writeTrusted(
      [
        profile('three'),
        '[[profiles]]\nname = "one"\ndefault_model = "other"\ncustom_headers = { b = "2" }\nbackup_providers = ["three"]',
      ].join('\n'),
    );
    const { values } = await workspace.load();
    expect(values.profiles.map(({ name }) => name)).to.deep.equal(['one', 'two', 'three']);
    expect(values.profiles[0]).to.deep.include({
      base_url: 'https://example.com/v1',
      default_model: 'other',
      priority: 5,
      custom_headers: { a: '1', b: '2' },
      backup_providers: ['three'],
    });
  });

  it('keeps the layers as they were written, with their files', async () => {
    const global = workspace.write('global/config.toml', 'hyperlinks = "on"\n[timeouts]\nidle_s = 1');
    const { layers, values } = await workspace.load({ environment: { CLAUDEX_PROXY_PORT: '7' } });
    expect(values.hyperlinks).to.equal(true);
    expect(layers.slice(1)).to.deep.equal([
      { origin: 'global', file: global, values: { hyperlinks: 'on', timeouts: { idle_s: 1 } } },
      { origin: 'environment', values: { proxy_port: 7 } },
    ]);
    expect(layers[0]?.values).to.deep.include({ proxy_port: 13_456, profiles: [] });
  });

  it('hands out values that nobody else changes', async () => {
    const first = await workspace.load();
    first.values.model_aliases['a'] = 'b';
    first.values.context.rag.index_paths.push('x');
    const second = await workspace.load();
    expect(second.values.model_aliases).to.deep.equal({});
    expect(second.values.context.rag.index_paths).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { startTestProxy, type TestProxy } from '../support/proxy.ts';

const CONFIGURATION = `
[[profiles]]
name = "a"
base_url = "http://127.0.0.1:9"
default_model = "org/big"
[profiles.models]
haiku = "small"
opus = "org/big"

[[profiles]]
name = "b"
provider_type = "OpenAICompatible"
base_url = "http://127.0.0.1:9/v1"
default_model = "other"

[[profiles]]
name = "c"
base_url = "http://127.0.0.1:9"
default_model = "vendor/Claude-9"
[profiles.models]
haiku = "anthropic.thing"

[[profiles]]
name = "off"
base_url = "http://127.0.0.1:9"
default_model = "never"
enabled = false
`;

describe('the list of models', () => {
  let proxy: TestProxy;

  before(async () => {
    proxy = await startTestProxy(CONFIGURATION);
  });

  after(async () => {
    await proxy.stop();
  });

  const get = async (path: string): Promise<unknown> => (await proxy.fetch(path)).json();

  it('names the default and the slot models of every enabled profile, each also by an id that Claude Code shows', async () => {
    const list = (await get('/v1/models?limit=1000')) as {
      data: { id: string; type: string; display_name: string; 'x-claudex-profile': string }[];
      has_more: boolean;
      first_id: string;
    };
    expect(list.data.map((model) => [model['x-claudex-profile'], model.id, model.display_name])).to.deep.equal([
      ['a', 'org/big', 'org/big'],
      ['a', 'claude-via-a/org/big', 'org/big · a'],
      ['a', 'small', 'small'],
      ['a', 'claude-via-a/small', 'small · a'],
      ['b', 'other', 'other'],
      ['b', 'claude-via-b/other', 'other · b'],
      ['c', 'vendor/Claude-9', 'vendor/Claude-9'],
      ['c', 'anthropic.thing', 'anthropic.thing'],
    ]);
    expect(list.has_more).to.equal(false);
    expect(list.first_id).to.equal(list.data[0]?.id);
    expect(list.data.every((model) => model.type === 'model')).to.equal(true);
  });

  it('names only its own under a profile, and none of a disabled one', async () => {
    expect(await get('/proxy/b/v1/models')).to.have.nested.property('data[0].id', 'other');
    expect(await get('/proxy/b/v1/models'))
      .to.have.nested.property('data')
      .with.length(2);
    expect((await proxy.fetch('/proxy/off/v1/models')).status).to.equal(503);
    expect((await proxy.fetch('/proxy/x/v1/models')).status).to.equal(404);
  });

  it('finds one by every name under which it can be asked for', async () => {
    for (const id of ['org/big', 'a/org/big']) {
      expect(await get(`/v1/models/${id}`)).to.include({ id: 'org/big', 'x-claudex-profile': 'a' });
    }
    const listed = 'claude-via-a/org/big';
    expect(await get(`/v1/models/${listed}`)).to.include({ id: listed, 'x-claudex-profile': 'a' });
    expect(await get('/v1/models/claude-via-c/anthropic.thing')).to.include({ id: 'anthropic.thing' });
    expect(await get('/proxy/a/v1/models/small')).to.include({ id: 'small' });
  });

  it('answers 404 for one that nobody names', async () => {
    for (const path of ['/v1/models/none', '/proxy/b/v1/models/small', '/v1/models/never']) {
      const response = await proxy.fetch(path);
      expect(response.status).to.equal(404);
      expect(await response.json()).to.have.nested.property('error.type', 'not_found_error');
    }
  });
});

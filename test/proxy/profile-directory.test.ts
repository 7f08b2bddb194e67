import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { ProfileDirectory, type Scope } from '../../src/proxy/profile-directory.ts';
import { configurationFrom } from '../support/configuration.ts';
import { registryOf } from '../support/registry.ts';

const later: Provider = {
  specVersion: 1,
  id: 'later',
  title: 'Later',
  protocol: openaiChat.id,
  baseUrl: 'http://127.0.0.1:9',
  models: { default: 'm' },
};

async function scopeOf(toml: string): Promise<Scope> {
  return { configuration: await configurationFrom(toml), keys: {} };
}

const LOCAL = '[[profiles]]\nname = "p"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n';
const clocked = (seconds: number): string => `${LOCAL}[timeouts]\nidle_s = ${seconds}\n`;

describe('the directory of profiles', () => {
  it('binds anew when the base is replaced, and leaves alone what is bound already', async () => {
    const directory = new ProfileDirectory(await scopeOf(clocked(1)), registryOf());
    const before = directory.find('p', directory.base);
    expect(directory.find('p', directory.base)).to.equal(before);
    directory.replaceBase(await scopeOf(clocked(2)));
    const after = directory.find('p', directory.base);
    expect([before.timeouts.idle_s, after.timeouts.idle_s]).to.deep.equal([1, 2]);
  });

  it('keeps the contexts of sessions when the base is replaced', async () => {
    const directory = new ProfileDirectory(await scopeOf(clocked(1)), registryOf());
    const brought = await scopeOf(clocked(3));
    directory.addContext('abc', brought);
    const bound = directory.find('p', brought);
    directory.replaceBase(await scopeOf(clocked(2)));
    expect(directory.scopeOf('p@abc').scope).to.equal(brought);
    expect(directory.brought('p')).to.deep.equal([bound]);
    directory.removeContext('abc');
    expect(directory.brought('p')).to.deep.equal([]);
  });

  it('puts what is known of models by now in the place of what the plugin knows', async () => {
    const facts = [{ id: 'm', contextWindow: 8_192 }];
    const given = [await scopeOf(LOCAL), registryOf(), undefined, undefined] as const;
    const directory = new ProfileDirectory(...given, ({ profile }) => (profile.name === 'p' ? facts : []));
    expect(directory.find('p', directory.base).knownModels).to.equal(facts);
  });

  it('asks the plugins once for all profiles whose provider is unknown, and not when all are known', async () => {
    let asked = 0;
    const scope = await scopeOf(
      `${LOCAL}[[profiles]]\nname = "a"\nprovider = "later"\n[[profiles]]\nname = "b"\nprovider = "later"\n`,
    );
    const directory = new ProfileDirectory(scope, registryOf(), async () => {
      asked += 1;
      return registryOf([later]);
    });
    await directory.learn(['p'], scope);
    expect(asked).to.equal(0);
    await directory.learn(['p', 'a', 'b'], scope);
    expect(asked).to.equal(1);
    expect(directory.find('b', scope).provider.id).to.equal('later');
  });
});

import { expect } from 'chai';
import { openState } from '../../src/proxy/open-state.ts';
import { loadedFrom } from '../support/configuration.ts';
import { TOKEN } from '../support/proxy.ts';
import { registryOf } from '../support/registry.ts';

describe('the state of a proxy', () => {
  it('knows the token and the password of a proxy of the network as secrets', async () => {
    const opened = await openState({
      configuration: await loadedFrom(''),
      environment: { HTTPS_PROXY: 'http://user:correct-horse@127.0.0.1:8080' },
      keys: {},
      registry: registryOf(),
      token: TOKEN,
      version: '0.0.0-test',
      host: '127.0.0.1',
      port: 0,
      log: () => undefined,
    });
    try {
      const clean = opened.scrubber.scrub(`tried with correct-horse and ${TOKEN}`);
      expect(clean).to.include('tried with').and.not.include('horse').and.not.include(TOKEN);
    } finally {
      await opened.close();
    }
  });
});

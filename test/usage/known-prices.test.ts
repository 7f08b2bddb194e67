import { expect } from 'chai';
import { makeProvider } from './support/priced-provider.ts';
import { bindProfile } from '../../src/router/index.ts';
import { knownPrices, type CostOf } from '../../src/usage/index.ts';
import { configurationFrom } from '../support/configuration.ts';
import { registryOf } from '../support/registry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exchangeReport } from '../state/support/exchange-report.ts';

const PROFILE = '[[profiles]]\nname = "spare"\nprovider = "acme"\napi_key = "k"\n';

describe('knownPrices', () => {
  const folder = temporaryFolder();

  async function costOf(toml: string): Promise<CostOf> {
    const configuration = await configurationFrom(toml);
    const registry = registryOf([makeProvider()]);
    const bind = (profile: string) => bindProfile(profile, configuration, registry, {});
    return knownPrices({ bind, providers: registry.providers, cacheFolder: folder() });
  }
  const million = {
    input_tokens: 1e6,
    output_tokens: 1e6,
    cache_read_input_tokens: 1e6,
    cache_creation_input_tokens: 1e6,
  };

  it('prices input, output and both tiers of the cache', async () => {
    const cost = await costOf(PROFILE);
    expect(cost(exchangeReport({ usage: million }))).to.be.closeTo(2 + 10 + 0.5 + 4, 1e-9);
  });

  it('knows the prices of a provider whose profile is gone, or leads elsewhere by now', async () => {
    const gone = await costOf('');
    expect(gone(exchangeReport({ usage: million }))).to.be.closeTo(16.5, 1e-9);
    const elsewhere = await costOf(
      '[[profiles]]\nname = "spare"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"',
    );
    expect(elsewhere(exchangeReport({ usage: million }))).to.be.closeTo(16.5, 1e-9);
  });

  it('makes up nothing', async () => {
    const cost = await costOf(PROFILE);
    expect(cost(exchangeReport({ usage: million, model: 'unknown' }))).to.equal(undefined);
    expect(cost(exchangeReport({ usage: million, model: 'free-of-facts' }))).to.equal(undefined);
    expect(cost(exchangeReport({ usage: million, provider: 'nobody', served_by: 'nobody' }))).to.equal(undefined);
    const { usage: _, ...uncounted } = exchangeReport();
    expect(cost(uncounted)).to.equal(undefined);
  });
});

import { expect } from 'chai';
import type { ModelFacts } from '@claudex/sdk';
import { localAdvice, RECOMMENDED_WINDOW } from '../../src/local/index.ts';
import { boundTo } from '../catalogue/support/bound.ts';
import { localProvider } from './support/local-io.ts';

describe('what a user is told of a local model', () => {
  const told = async (facts: Partial<ModelFacts>, toml = '', truncates = false): Promise<string[]> => {
    const provider = localProvider('one', 'http://127.0.0.1:9/v1', 1, { knownModels: [{ id: 'm', ...facts }] });
    const { localServer } = provider;
    const changed = localServer ? { ...provider, localServer: { ...localServer, truncates } } : provider;
    return localAdvice(await boundTo(`provider = "one"\n${toml}`, [changed]), 'm');
  };

  it('is that a window is too small, what becomes of longer prompts, and the remedy', async () => {
    const [line, ...others] = await told({ contextWindow: 4_096, loaded: true }, '', true);
    expect(line).to.equal(
      'ONE gives m a window of 4.1k tokens, and cuts longer prompts without a word. Claude Code alone fills 20k to 30k tokens, and 64k or more are recommended. It is given more by "widen one".',
    );
    expect(others).to.deep.equal([]);
    expect((await told({ contextWindow: 4_096 }))[0]).to.not.include('cuts');
    expect(await told({ contextWindow: 63_999, loaded: true })).to.have.length(1);
    expect(await told({ contextWindow: RECOMMENDED_WINDOW, loaded: true })).to.deep.equal([]);
  });

  it('is that a window is not known yet, unless the profile says it', async () => {
    expect((await told({ contextWindow: 65_536, loaded: false }))[0]).to.include('has not loaded m yet');
    expect(await told({ contextWindow: 65_536, loaded: false }, 'context_window = 65536\n')).to.deep.equal([]);
  });

  it('is that a model cannot call tools', async () => {
    expect(await told({ tools: false, loaded: true })).to.have.length(1);
    expect((await told({ tools: false }))[0]).to.include('cannot call tools');
  });

  it('is nothing where all is well, and nothing of other providers', async () => {
    expect(await told({ contextWindow: 65_536, loaded: true, tools: true })).to.deep.equal([]);
    const { localServer: _none, ...remote } = localProvider('one', 'http://127.0.0.1:9/v1', 1);
    const bound = await boundTo('provider = "one"\n', [{ ...remote, knownModels: [{ id: 'm', contextWindow: 1 }] }]);
    expect(localAdvice(bound, 'm')).to.deep.equal([]);
  });
});

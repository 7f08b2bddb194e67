import { expect } from 'chai';
import answerProviders, { demo } from '../src/index.ts';
import { SCENARIOS } from '../src/scenarios.ts';

describe('the demo provider as a plugin', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([demo]);
    expect(demo).to.include({ id: 'demo', protocol: 'openai-chat', specVersion: 1 });
  });

  it('knows the window of each of its models', () => {
    expect(demo.knownModels?.map((facts) => facts.id)).to.include(demo.models.default);
    expect(demo.knownModels?.every((facts) => (facts.contextWindow ?? 0) > 0)).to.equal(true);
  });

  it('gives each listed name to exactly one scenario', () => {
    for (const name of SCENARIOS.flatMap((scenario) => [...scenario.models])) {
      const owners = SCENARIOS.filter((scenario) => scenario.pattern.test(name));
      expect(
        owners.map((scenario) => scenario.id),
        name,
      ).to.have.length(1);
    }
  });
});

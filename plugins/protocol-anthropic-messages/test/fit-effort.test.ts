import type { Loss } from '@claudex/sdk';
import { expect } from 'chai';
import { fitEffort } from '../src/fit-effort.ts';

const FORMAT = { type: 'json_schema', schema: {} };

describe('the effort that is asked of a model', () => {
  const fit = (effort: string, efforts: readonly string[] | undefined, more: object = {}) => {
    const losses: Loss[] = [];
    const facts = { id: 'm', ...(efforts && { reasoning: { efforts } }) };
    const config = fitEffort({ effort, ...more }, facts, losses);
    return { config, losses: losses.map(({ kind, path }) => `${kind} ${path}`) };
  };

  it('stays as it is where the model has it, or nobody knows what it has', () => {
    const config = { effort: 'high' };
    expect(fitEffort(config, { id: 'm', reasoning: { efforts: ['low', 'high'] } }, [])).to.equal(config);
    expect(fitEffort(config, { id: 'm' }, [])).to.equal(config);
    expect(fitEffort(config, undefined, [])).to.equal(config);
    expect(fitEffort(undefined, { id: 'm', reasoning: { efforts: [] } }, [])).to.equal(undefined);
  });

  it('becomes the next level that the model has', () => {
    const lost = ['adjusted output_config.effort'];
    expect(fit('high', ['low', 'medium', 'xhigh'])).to.deep.equal({ config: { effort: 'medium' }, losses: lost });
    expect(fit('medium', ['low', 'high', 'max'])).to.deep.equal({ config: { effort: 'high' }, losses: lost });
    expect(fit('max', ['low', 'high'], { format: FORMAT }).config).to.deep.equal({ format: FORMAT, effort: 'high' });
  });

  it('is not asked of a model without levels, whose answer keeps its form', () => {
    const lost = ['dropped output_config.effort'];
    expect(fit('high', [])).to.deep.equal({ config: undefined, losses: lost });
    expect(fit('high', [], { format: FORMAT })).to.deep.equal({ config: { format: FORMAT }, losses: lost });
  });
});

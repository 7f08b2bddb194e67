import { expect } from 'chai';
import { chooseModel } from '../../src/local/choose-model.ts';

const chosen = (...models: Parameters<typeof chooseModel>[0]): string | undefined => chooseModel(models)?.id;

describe('choosing a model of a local server', () => {
  it('prefers one that calls tools to everything else', () => {
    expect(chosen({ id: 'qwen3-coder', loaded: true, tools: false }, { id: 'other', tools: true })).to.equal('other');
    expect(chosen({ id: 'qwen3-coder', tools: false }, { id: 'other' })).to.equal('other');
  });

  it('prefers one that is loaded, whatever its name', () => {
    const models = [
      { id: 'qwen3-coder:30b', tools: true },
      { id: 'phi:14b', tools: true, loaded: true },
    ] as const;
    expect(chosen(...models)).to.equal('phi:14b');
  });

  it('prefers a window that is large enough, of which an unknown one may be', () => {
    expect(chosen({ id: 'a', contextWindow: 8_192 }, { id: 'b', contextWindow: 65_536 })).to.equal('b');
    expect(chosen({ id: 'a', contextWindow: 8_192 }, { id: 'b' })).to.equal('b');
  });

  it('prefers models for code, and none that are very small', () => {
    expect(chosen({ id: 'llama3.1:8b' }, { id: 'qwen2.5-coder:14b' }, { id: 'gpt-oss:20b' })).to.equal(
      'qwen2.5-coder:14b',
    );
    expect(chosen({ id: 'qwen2.5-coder:1.5b' }, { id: 'llama3.1:8b' })).to.equal('llama3.1:8b');
    expect(chosen({ id: 'qwen3:0.6b' }, { id: 'gemma-3-12b-it' })).to.equal('gemma-3-12b-it');
  });

  it('takes the first of equals, and nothing of nothing', () => {
    expect(chosen({ id: 'x' }, { id: 'y' })).to.equal('x');
    expect(chosen()).to.equal(undefined);
  });
});

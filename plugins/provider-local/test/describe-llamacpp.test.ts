import { expect } from 'chai';
import { describeLlamaCpp } from '../src/describe/describe-llamacpp.ts';
import { describeIo } from './support/describe-io.ts';

describe('what llama.cpp says of its models', () => {
  it('is the window that one conversation has, and what the template can', async () => {
    const io = describeIo(['m.gguf'], {
      '/props': {
        default_generation_settings: { n_ctx: 40_960 },
        total_slots: 1,
        modalities: { vision: true, audio: false },
        chat_template_caps: { supports_tools: true },
      },
    });
    expect(await describeLlamaCpp(io)).to.deep.equal([
      {
        id: 'm.gguf',
        loaded: true,
        contextWindow: 40_960,
        modalities: { input: ['text', 'image'], output: ['text'] },
        tools: true,
      },
    ]);
  });

  it('is asked for every loaded model of a server with several, and for no other', async () => {
    const io = describeIo(['a b', 'c'], {
      '/v1/models': {
        data: [
          { id: 'a b', status: { value: 'loaded' } },
          { id: 'c', status: { value: 'unloaded' } },
        ],
      },
      '/props?model=a%20b': { default_generation_settings: { n_ctx: 8_192 } },
    });
    expect(await describeLlamaCpp(io)).to.deep.equal([
      { id: 'a b', loaded: true, contextWindow: 8_192 },
      { id: 'c', loaded: false },
    ]);
    expect(io.questions).to.have.length(2);
  });

  it('leaves the list as it is where nothing can be read', async () => {
    expect(await describeLlamaCpp(describeIo(['a', 'b'], { '/v1/models': '<html>' }))).to.deep.equal([
      { id: 'a' },
      { id: 'b' },
    ]);
    expect(
      await describeLlamaCpp(describeIo(['a'], { '/props': { default_generation_settings: { n_ctx: 0 } } })),
    ).to.deep.equal([{ id: 'a', loaded: true }]);
    expect(await describeLlamaCpp(describeIo([], {}))).to.deep.equal([]);
  });
});

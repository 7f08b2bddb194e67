import { expect } from 'chai';
import { describeOllama } from '../src/describe/describe-ollama.ts';
import { describeIo } from './support/describe-io.ts';

const show = (more: object = {}) => ({
  parameters: 'stop "<|im_end|>"\nnum_ctx    16384\ntemperature 0.7',
  details: { family: 'qwen3moe' },
  model_info: { 'general.architecture': 'qwen3moe', 'qwen3moe.context_length': 262_144 },
  capabilities: ['completion', 'tools', 'thinking'],
  ...more,
});

describe('what Ollama says of its models', () => {
  it('is the window that a model runs with, before its setting and before what it could have', async () => {
    const io = describeIo(['runs:7b', 'set:7b', 'plain:7b'], {
      '/api/ps': { models: [{ name: 'runs:7b', model: 'runs:7b', context_length: 65_536 }] },
      '/api/show runs:7b': show(),
      '/api/show set:7b': show(),
      '/api/show plain:7b': show({ parameters: '' }),
    });
    const described = await describeOllama(io);
    expect(described.map(({ id, contextWindow, loaded }) => [id, contextWindow, loaded])).to.deep.equal([
      ['runs:7b', 65_536, true],
      ['set:7b', 16_384, false],
      ['plain:7b', 262_144, false],
    ]);
    expect(described[0]).to.deep.include({ tools: true, modalities: { input: ['text'], output: ['text'] } });
    expect(described[0]?.reasoning?.efforts).to.include('none').and.include('high');
  });

  it('limits a setting to what the model can have', async () => {
    const io = describeIo(['m:1'], { '/api/show m:1': show({ parameters: 'num_ctx 999999' }) });
    expect((await describeOllama(io))[0]).to.include({ contextWindow: 262_144 });
  });

  it('counts a running model as loaded where an older version does not tell its window', async () => {
    const io = describeIo(['m:1'], { '/api/ps': { models: [{ name: 'm:1' }] }, '/api/show m:1': show() });
    expect((await describeOllama(io))[0]).to.include({ contextWindow: 16_384, loaded: true });
  });

  it('says what a model can: pictures, no tools, no reasoning; gpt-oss always reasons', async () => {
    const io = describeIo(['sees:1', 'oss:1'], {
      '/api/show sees:1': show({ capabilities: ['completion', 'vision'] }),
      '/api/show oss:1': show({ details: { family: 'gptoss' } }),
    });
    const [sees, oss] = await describeOllama(io);
    expect(sees).to.deep.include({ tools: false, reasoning: { efforts: [] } });
    expect(sees?.modalities?.input).to.deep.equal(['text', 'image']);
    expect(oss?.reasoning).to.deep.equal({ efforts: ['low', 'medium', 'high'], canDisable: false });
  });

  it('leaves out models that only embed', async () => {
    const io = describeIo(['bge:1', 'm:1'], { '/api/show bge:1': show({ capabilities: ['embedding'] }) });
    expect((await describeOllama(io)).map(({ id }) => id)).to.deep.equal(['m:1']);
  });

  it('knows a model by its name without a tag, too', async () => {
    const io = describeIo(['m:latest'], { '/api/show m': show(), '/api/show m:latest': show() }, ['m']);
    expect((await describeOllama(io)).map(({ id }) => id)).to.deep.equal(['m:latest', 'm']);
  });

  it('says nothing of memory for a model that is passed on to the cloud', async () => {
    const io = describeIo(['m:cloud'], {
      '/api/show m:cloud': show({ parameters: '', remote_host: 'https://ollama.com' }),
    });
    expect((await describeOllama(io))[0])
      .to.include({ contextWindow: 262_144 })
      .and.not.have.property('loaded');
  });

  it('asks for sixteen models at most, those that matter first', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `m${at}:1`);
    const io = describeIo(ids, { '/api/ps': { models: [{ model: 'm39:1' }] } }, ['m38:1']);
    expect(await describeOllama(io)).to.have.length(40);
    const shown = io.questions.flatMap(({ body }) => (body ? [body['model']] : []));
    expect(shown).to.have.length(16);
    expect(shown.slice(0, 3)).to.deep.equal(['m38:1', 'm39:1', 'm0:1']);
  });

  for (const [what, answer] of [
    ['nothing', null],
    ['a list', []],
    ['a text', 'x'],
    ['wrong types', { models: 7, parameters: 7, model_info: 'x', capabilities: {}, details: null }],
    ['senseless sizes', { parameters: 'num_ctx -5', model_info: { 'a.context_length': 1e300 } }],
  ] as const) {
    it(`leaves the list as it is when it answers with ${what}`, async () => {
      const io = describeIo(['m:1'], { '/api/ps': answer as never, '/api/show m:1': answer as never });
      expect(await describeOllama(io)).to.deep.equal([{ id: 'm:1' }]);
    });
  }
});

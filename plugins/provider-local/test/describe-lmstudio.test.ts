import { expect } from 'chai';
import { describeLmStudio } from '../src/describe/describe-lmstudio.ts';
import { describeIo } from './support/describe-io.ts';

const MODELS = [
  {
    type: 'llm',
    key: 'qwen/qwen3-coder-30b',
    loaded_instances: [{ id: 'qwen/qwen3-coder-30b', config: { context_length: 65_536 } }],
    max_context_length: 262_144,
    capabilities: { vision: false, trained_for_tool_use: true },
  },
  { type: 'llm', key: 'small', loaded_instances: [], max_context_length: 32_768, capabilities: { vision: true } },
  { type: 'embedding', key: 'nomic', loaded_instances: [], max_context_length: 2_048 },
];

describe('what LM Studio says of its models', () => {
  it('is the window of the loaded instance, else what the model could have, and who can call tools', async () => {
    const io = describeIo(['qwen/qwen3-coder-30b', 'small', 'nomic', 'new'], { '/api/v1/models': { models: MODELS } });
    expect(await describeLmStudio(io)).to.deep.equal([
      {
        id: 'qwen/qwen3-coder-30b',
        loaded: true,
        tools: true,
        modalities: { input: ['text'], output: ['text'] },
        contextWindow: 65_536,
      },
      { id: 'small', loaded: false, modalities: { input: ['text', 'image'], output: ['text'] }, contextWindow: 32_768 },
      { id: 'new' },
    ]);
    expect(io.questions.map(({ path }) => path)).to.deep.equal(['/api/v1/models']);
  });

  it('is that of each instance by its own name, and the smallest under the name of the model', async () => {
    const instances = [
      { id: 'm', config: { context_length: 65_536 } },
      { id: 'm:2', config: { context_length: 8_192 } },
    ];
    const io = describeIo(['m', 'm:2', 'm:3'], {
      '/api/v1/models': { models: [{ type: 'llm', key: 'other', loaded_instances: instances }] },
    });
    expect((await describeLmStudio(io)).map(({ contextWindow }) => contextWindow)).to.deep.equal([
      65_536,
      8_192,
      undefined,
    ]);
  });

  it('is asked of the older list where the newer one is missing', async () => {
    const data = [
      {
        id: 'a',
        type: 'llm',
        state: 'loaded',
        max_context_length: 131_072,
        loaded_context_length: 40_960,
        capabilities: ['tool_use'],
      },
      { id: 'b', type: 'vlm', state: 'not-loaded', max_context_length: 131_072 },
      { id: 'c', type: 'embeddings', state: 'not-loaded' },
    ];
    const described = await describeLmStudio(describeIo(['a', 'b', 'c'], { '/api/v0/models': { data } }));
    expect(described.map(({ id, contextWindow, loaded, tools }) => [id, contextWindow, loaded, tools])).to.deep.equal([
      ['a', 40_960, true, true],
      ['b', 131_072, false, undefined],
    ]);
  });

  for (const answer of [null, [], 'x', { models: 7 }, { models: [null, 7, { key: 7 }] }] as const) {
    it(`leaves the list as it is when the answer is ${JSON.stringify(answer)}`, async () => {
      const io = describeIo(['m'], { '/api/v1/models': answer as never, '/api/v0/models': answer as never });
      expect(await describeLmStudio(io)).to.deep.equal([{ id: 'm' }]);
    });
  }
});

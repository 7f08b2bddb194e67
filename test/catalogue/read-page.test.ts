import { expect } from 'chai';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { Json, ModelFacts } from '@claudex/sdk';
import { readPage } from '../../src/catalogue/read-page.ts';

const read = (body: Json): readonly ModelFacts[] | undefined => readPage(body, openaiChat)?.models;

/** Lists in the shape of a vendor, with what is to be understood of them. */
const SHAPES: readonly (readonly [string, Json, readonly ModelFacts[]])[] = [
  [
    'OpenAI',
    { object: 'list', data: [{ id: 'gpt-6-luna', object: 'model', created: 1, owned_by: 'openai' }] },
    [{ id: 'gpt-6-luna' }],
  ],
  [
    'OpenRouter',
    {
      data: [
        {
          id: 'vendor/fast',
          name: 'Vendor: Fast',
          context_length: 262_144,
          architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
          pricing: { prompt: '0.0000003', completion: '0.0000012', input_cache_read: '0.00000003', request: '0' },
          top_provider: { context_length: 200_000, max_completion_tokens: 65_536 },
        },
        { id: 'vendor/auto', context_length: 1_000, pricing: { prompt: '-1', completion: '-1' } },
        { id: 'vendor/free', pricing: { prompt: '0', completion: '0' } },
        { id: 'vendor/painter', architecture: { input_modalities: ['text'], output_modalities: ['image'] } },
      ],
    },
    [
      {
        id: 'vendor/fast',
        title: 'Vendor: Fast',
        contextWindow: 262_144,
        maxOutputTokens: 65_536,
        modalities: { input: ['text', 'image'], output: ['text'] },
        price: { input: 0.3, output: 1.2, cacheRead: 0.03 },
      },
      { id: 'vendor/auto', contextWindow: 1_000 },
      { id: 'vendor/free', price: { input: 0, output: 0 } },
    ],
  ],
  [
    'Groq',
    {
      data: [
        { id: 'fast-20b', active: true, context_window: 131_072, max_completion_tokens: 65_536 },
        { id: 'gone', active: false, context_window: 8_192 },
      ],
    },
    [{ id: 'fast-20b', contextWindow: 131_072, maxOutputTokens: 65_536 }],
  ],
  [
    'Mistral',
    {
      data: [
        { id: 'small', max_context_length: 262_144, capabilities: { completion_chat: true, vision: true } },
        { id: 'embed', max_context_length: 8_192, capabilities: { completion_chat: false, vision: false } },
      ],
    },
    [{ id: 'small', contextWindow: 262_144, modalities: { input: ['text', 'image'], output: ['text'] } }],
  ],
  [
    'Together',
    [
      {
        id: 'lab/model',
        type: 'chat',
        display_name: 'Model',
        context_length: 131_072,
        pricing: { input: 0.88, output: 0.9, cached_input: 0.2, hourly: 0 },
      },
      { id: 'lab/embed', type: 'embedding', pricing: { input: 0.1, output: 0 } },
      { id: 'lab/dedicated', type: 'chat', pricing: { input: 0, output: 0 } },
    ],
    [
      { id: 'lab/model', title: 'Model', contextWindow: 131_072, price: { input: 0.88, output: 0.9, cacheRead: 0.2 } },
      { id: 'lab/dedicated' },
    ],
  ],
  ['vLLM', { data: [{ id: 'local', max_model_len: 32_768 }] }, [{ id: 'local', contextWindow: 32_768 }]],
  [
    'LM Studio',
    {
      models: [
        { key: 'qwen', display_name: 'Qwen', type: 'vlm', max_context_length: 40_960, loaded_context_length: 8_192 },
      ],
    },
    [{ id: 'qwen', title: 'Qwen', contextWindow: 8_192, modalities: { input: ['text', 'image'], output: ['text'] } }],
  ],
  ['Ollama', { models: [{ name: 'llama:8b', model: 'llama:8b', size: 4_700_000_000 }] }, [{ id: 'llama:8b' }]],
  [
    'Gemini',
    { data: [{ id: 'models/gemini-flash', object: 'model', display_name: 'Gemini Flash' }] },
    [{ id: 'gemini-flash', title: 'Gemini Flash' }],
  ],
  [
    'Copilot',
    {
      data: [
        {
          id: 'gpt-6',
          name: 'GPT-6',
          capabilities: {
            type: 'chat',
            limits: { max_context_window_tokens: 400_000, max_output_tokens: 128_000 },
            supports: { vision: false },
          },
        },
        { id: 'embed', capabilities: { type: 'embeddings' } },
      ],
    },
    [
      {
        id: 'gpt-6',
        title: 'GPT-6',
        contextWindow: 400_000,
        maxOutputTokens: 128_000,
        modalities: { input: ['text'], output: ['text'] },
      },
    ],
  ],
];

describe('a list of models', () => {
  for (const [vendor, body, facts] of SHAPES) {
    it(`is understood as ${vendor} writes it`, () => {
      expect(read(body)).to.deep.equal(facts);
    });
  }

  it('of Anthropic has titles and says where the next page begins', () => {
    const body = {
      data: [{ type: 'model', id: 'claude-x', display_name: 'Claude X' }],
      has_more: true,
      last_id: 'claude-x',
    };
    expect(readPage(body, anthropicMessages)).to.deep.equal({
      models: [{ id: 'claude-x', title: 'Claude X' }],
      after: 'claude-x',
    });
    expect(readPage({ ...body, has_more: false }, anthropicMessages)).not.to.have.property('after');
  });

  it('is none when there is no list in it', () => {
    for (const body of [null, 'page', 7, {}, { data: 'x' }, { error: { message: 'no' } }]) {
      expect(read(body), JSON.stringify(body)).to.equal(undefined);
    }
  });

  it('leaves out ids that are no names, and makes titles harmless', () => {
    const escape = '\u001B[2J';
    const odd = [`bad${escape}`, '', '  ', 'x'.repeat(300), 'turned\u202Eback', '\uD800'].map((id) => ({ id }));
    const models = read({ data: [...odd, null, 7, {}, { id: 9 }, { id: 'good', display_name: `Good${escape}` }] });
    expect(models).to.have.length(1);
    expect(models?.[0]?.id).to.equal('good');
    expect(models?.[0]?.title).to.include('Good').and.not.include('\u001B');
  });

  it('believes no size that cannot be one', () => {
    for (const size of [0, -1, 1.5, 2e12, '8192', null, {}, true]) {
      expect(read({ data: [{ id: 'a', context_length: size, max_output_tokens: size }] })).to.deep.equal([{ id: 'a' }]);
    }
    expect(read({ data: [{ id: 'a', context_length: 8_192, max_output_tokens: 9_000 }] })).to.deep.equal([
      { id: 'a', contextWindow: 8_192 },
    ]);
  });

  it('leaves what only its protocol can read to the protocol, whatever that does', () => {
    const decodeModels = (): string[] => ['one', 'two\u0007'];
    const fails = (): never => {
      throw new Error('broken');
    };
    const body = { data: [{ strange: 'shape' }] };
    expect(readPage(body, { ...openaiChat, decodeModels })?.models).to.deep.equal([{ id: 'one' }]);
    expect(readPage(body, { ...openaiChat, decodeModels: fails })?.models).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import { decodeModels } from '../src/models.ts';

describe('the list of models', () => {
  it('has the ids of those that answer', () => {
    const list: JsonObject = {
      models: [
        {
          name: 'models/gemini-a',
          inputTokenLimit: 10,
          supportedGenerationMethods: ['generateContent', 'countTokens'],
        },
        { name: 'models/embedding-b', supportedGenerationMethods: ['embedContent'] },
        { name: 'publishers/google/models/gemini-c' },
        { name: 'models/gemini-a', supportedGenerationMethods: ['generateContent'] },
      ],
    };
    expect(decodeModels(list)).to.deep.equal(['gemini-a', 'gemini-c']);
  });

  it('is empty where the answer is something else', () => {
    for (const body of [
      {},
      { models: null },
      { models: {} },
      { models: [null, 'a', { name: 3 }, { name: '' }, { name: 'models/' }] },
    ])
      expect(decodeModels(body)).to.deep.equal([]);
  });
});

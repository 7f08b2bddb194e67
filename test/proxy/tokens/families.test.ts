import { expect } from 'chai';
import { familyOf } from '../../../src/proxy/tokens/families.ts';

describe('the family of a model', () => {
  const expected: readonly [model: string, name: string, encoding: string][] = [
    ['claude-opus-5-5', 'claude', 'claude'],
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'claude', 'claude'],
    ['gpt-5.4', 'gpt', 'o200k_base'],
    ['openai/gpt-4o-mini', 'gpt', 'o200k_base'],
    ['gpt-4.1', 'gpt', 'o200k_base'],
    ['gpt-5.1-codex', 'gpt', 'o200k_base'],
    ['codex-mini', 'gpt', 'o200k_base'],
    ['o3', 'gpt', 'o200k_base'],
    ['openai/o4-mini', 'gpt', 'o200k_base'],
    ['gpt-4', 'gpt-4', 'cl100k_base'],
    ['gpt-4-turbo-2024-04-09', 'gpt-4', 'cl100k_base'],
    ['gpt-3.5-turbo', 'gpt-4', 'cl100k_base'],
    ['gpt-35-turbo', 'gpt-4', 'cl100k_base'],
    ['openai.gpt-oss-20b-1:0', 'gpt-oss', 'o200k_base'],
    ['x-ai/grok-4.1-fast', 'grok', 'o200k_base'],
    ['deepseek-v4-flash', 'deepseek', 'o200k_base'],
    ['Qwen/Qwen3-0.6B', 'qwen', 'cl100k_base'],
    ['zai-glm-4.7', 'glm', 'o200k_base'],
    ['accounts/fireworks/models/kimi-k2-instruct', 'kimi', 'o200k_base'],
    ['mistralai/Devstral-Small', 'mistral', 'o200k_base'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama', 'cl100k_base'],
    ['google/gemini-3-pro-preview', 'gemini', 'o200k_base'],
    ['MiniMax-M2.7', 'minimax', 'o200k_base'],
    ['turbo1', 'unknown', 'o200k_base'],
    ['', 'unknown', 'o200k_base'],
  ];

  for (const [model, name, encoding] of expected) {
    it(`of "${model}" is ${name}`, () => {
      expect(familyOf(model)).to.include({ name, encoding });
    });
  }

  it('charges pictures by area where the vendor does', () => {
    expect(familyOf('claude-haiku-4-5').images).to.equal('area');
    expect(familyOf('gpt-5').images).to.equal('tiles');
  });
});

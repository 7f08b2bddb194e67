import { expect } from 'chai';
import { isModern } from '../src/generation.ts';

describe('the generation of a model', () => {
  it('is told by its name', () => {
    for (const model of [
      'gemini-2.5-pro',
      'gemini-2.0-flash-001',
      'gemini-1.5-pro',
      'models/gemini-2.5-flash',
      'gemma-3-27b-it',
    ])
      expect(isModern(model), model).to.equal(false);
    for (const model of [
      'gemini-3-pro-preview',
      'gemini-3.8-flash',
      'gemini-4-argon',
      'gemini-flash-latest',
      'gemini-20',
      'mine',
    ])
      expect(isModern(model), model).to.equal(true);
  });
});

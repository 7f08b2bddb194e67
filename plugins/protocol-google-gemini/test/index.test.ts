import { expect } from 'chai';
import type { EndpointCall } from '@claudex/sdk';
import answerProtocols, { googleGemini } from '../src/index.ts';

const call = (more: Partial<EndpointCall>): EndpointCall => ({
  model: 'gemini-x',
  stream: false,
  options: {},
  ...more,
});

describe('the plugin for the Gemini API', () => {
  it('answers the hook with its one protocol', async () => {
    expect(await answerProtocols.call({} as never, {} as never)).to.deep.equal([googleGemini]);
  });

  it('has model and streaming in the path', () => {
    expect(googleGemini.endpoint('messages', call({}))).to.equal('/models/gemini-x:generateContent');
    expect(googleGemini.endpoint('messages', call({ stream: true }))).to.equal(
      '/models/gemini-x:streamGenerateContent?alt=sse',
    );
    expect(googleGemini.endpoint('models')).to.equal('/models');
    expect(googleGemini.endpoint('count-tokens', call({}))).to.equal(undefined);
  });

  it('writes names of models so that they cannot leave their place in the path', () => {
    expect(googleGemini.endpoint('messages', call({ model: 'models/a' }))).to.equal('/models/a:generateContent');
    expect(googleGemini.endpoint('messages', call({ model: '../b?c=#d' }))).to.equal(
      '/models/..%2Fb%3Fc%3D%23d:generateContent',
    );
    expect(googleGemini.endpoint('messages', call({ model: '\ud800' }))).to.equal('/models/%EF%BF%BD:generateContent');
  });

  it('carries the key in a header of its own', () => {
    expect(googleGemini.authenticate('key')).to.deep.equal({ 'x-goog-api-key': 'key' });
  });
});

import { assistant, call, contextOf, result, tool, user } from '@claudex/sdk/testing';
import { expect } from 'chai';
import { decodingContext } from '../../../src/proxy/answer/decoding-context.ts';

describe('what a decoder is given of a request', () => {
  it('is names and ids, and no text of anybody', () => {
    const context = contextOf({
      messages: [
        user('read it'),
        assistant(call('toolu_1', 'Read', { path: 'secret.txt' })),
        user(result('toolu_1', 'secret')),
      ],
      tools: [tool('Read')],
    });
    const { request, ...rest } = decodingContext(context);
    expect(JSON.stringify(request)).to.not.match(/secret|read it/);
    expect(request.messages).to.deep.equal([
      { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'Read', input: {} }] },
    ]);
    expect(request.tools).to.deep.equal([{ kind: 'client', name: 'Read', input_schema: {} }]);
    const { request: _request, ...others } = context;
    expect(rest).to.deep.equal(others);
  });
});

import { assistant, call, contextOf, result, tool, user } from '@claudex/sdk/testing';
import { expect } from 'chai';
import { encodeRequest } from '../../src/request.ts';

const CALLED = [user('question'), assistant(call('1', 'Read')), user(result('1', 'text'))];

describe('a tool that does nothing', () => {
  it('is offered where the conversation has calls and the request no tools', () => {
    const { body, losses } = encodeRequest(contextOf({ messages: CALLED }, { placeholderTool: true }));
    expect(body['tools']).to.have.length(1);
    expect(body['tool_choice']).to.equal('none');
    expect(losses.map(({ feature }) => feature)).to.include('tools');
    const silent = encodeRequest(contextOf({ messages: CALLED }, { placeholderTool: true, toolChoiceNone: false }));
    expect(silent.body).not.to.have.property('tool_choice');
  });

  it('is not offered beside others, without calls, or unasked', () => {
    const quirks = { placeholderTool: true };
    const others = encodeRequest(contextOf({ messages: CALLED, tools: [tool('Read')] }, quirks)).body['tools'];
    expect(JSON.stringify(others)).to.include('Read').and.not.to.include('no_tool_available');
    expect(encodeRequest(contextOf({ messages: [user('question')] }, quirks)).body).not.to.have.property('tools');
    expect(encodeRequest(contextOf({ messages: CALLED })).body).not.to.have.property('tools');
  });

  it('takes the place of tools that must not be called where that cannot be said', () => {
    const request = { messages: CALLED, tools: [tool('Read')], tool_choice: { type: 'none' } } as const;
    const quirks = { toolChoiceNone: false, placeholderTool: true };
    const { body } = encodeRequest(contextOf({ ...request, messages: CALLED }, quirks));
    expect(JSON.stringify(body['tools'])).to.include('no_tool_available').and.not.to.include('"Read"');
    const { body: bare, losses } = encodeRequest(
      contextOf({ ...request, messages: CALLED }, { toolChoiceNone: false }),
    );
    expect(bare).not.to.have.any.keys('tools', 'tool_choice');
    expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.include(['adjusted', 'tools']);
  });
});

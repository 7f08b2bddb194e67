import { expect } from 'chai';
import type { CodecContext, SseEvent } from '@claudex/sdk';
import { contextOf, tool } from '@claudex/sdk/testing';
import { decodeResponse } from '../src/response.ts';
import { delta, DONE, finish, piece } from './support/chunks.ts';
import { answerOf, decode, faultOf } from './support/decode.ts';
import { keyedContext, outlineOf } from './support/states.ts';

const PRINTED = '<tool_call>\n{"name": "Read", "arguments": {"path": "a"}}\n</tool_call>';

function characters(text: string): SseEvent[] {
  return Array.from(text, (content) => delta({ content }));
}

/** A context with the tool `Read`, in which printed calls are looked for. */
function printing(): CodecContext {
  return contextOf({ tools: [tool('Read')] }, { toolCallMarkup: true });
}

describe('think tags in a stream', () => {
  const tags = { thinkTags: true };

  it('are reasoning at the start of the answer', () => {
    const events = [...characters('<think>why</think>\n\nso'), finish('stop')];
    expect(outlineOf(answerOf(events, keyedContext(tags)))).to.deep.equal([['why', { field: 'tags' }], 'so']);
  });

  it('are text where the quirk is off', () => {
    const events = [...characters('<think>why</think>so'), finish('stop')];
    expect(outlineOf(answerOf(events, keyedContext()))).to.deep.equal(['<think>why</think>so']);
  });

  it('may lack the opening one, unless nobody wanted reasoning', () => {
    const events = [...characters('why</think>\n\nso'), finish('stop')];
    const context = keyedContext({ thinkTags: 'opening-omitted' });
    expect(outlineOf(answerOf(events, context))).to.deep.equal([['why', { field: 'tags' }], 'so']);
    const plain = [...characters('so'), finish('stop')];
    const unasked = { ...context, request: { ...context.request, thinking: { type: 'disabled' } } } as const;
    expect(outlineOf(answerOf(plain, unasked))).to.deep.equal(['so']);
  });

  it('are read the same in a whole answer', () => {
    const body = { choices: [{ finish_reason: 'stop', message: { content: '<think>why</think>\n\nso' } }] };
    const decoded = decodeResponse(body, keyedContext(tags));
    if ('fault' in decoded) expect.fail();
    expect(outlineOf(decoded.response)).to.deep.equal([['why', { field: 'tags' }], 'so']);
  });

  it('hold nothing back that a call or the end cuts short', () => {
    expect(outlineOf(answerOf([delta({ content: '<thi' }), DONE], keyedContext(tags)))).to.deep.equal(['<thi']);
    const call = piece({ index: 0, id: 'a', function: { name: 'Read', arguments: '{}' } });
    expect(outlineOf(answerOf([delta({ content: '<thi' }), call, finish('stop')], keyedContext(tags)))).to.deep.equal([
      '<thi',
      { id: 'a' },
    ]);
  });
});

describe('printed tool calls in a stream', () => {
  it('become calls, each with a loss', () => {
    const events = [...characters(`I look.${PRINTED}`), finish('stop')];
    const answer = answerOf(events, printing());
    expect(answer.content).to.deep.equal([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'toolu_new2', name: 'Read', input: { path: 'a' } },
    ]);
    expect(answer).to.include({ stop_reason: 'tool_use', raw_stop_reason: 'stop' });
    const losses = decode(events, printing()).flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
    expect(losses).to.have.lengthOf(1);
    expect(losses[0]).to.include({ kind: 'adjusted', feature: 'tool_markup' });
  });

  it('stay text where the quirk is off or no such tool is offered', () => {
    const events = [...characters(PRINTED), finish('stop')];
    const deferred = { tools: [tool('Read', { defer_loading: true })] };
    for (const context of [
      contextOf({ tools: [tool('Read')] }),
      contextOf({}, { toolCallMarkup: true }),
      contextOf(deferred, { toolCallMarkup: true }),
    ])
      expect(answerOf(events, context).content).to.deep.equal([{ type: 'text', text: PRINTED }]);
  });

  it('are found behind think tags, and not inside them', () => {
    const context = { ...printing(), quirks: { thinkTags: true, toolCallMarkup: true } };
    const answer = answerOf([...characters(`<think>${PRINTED}</think>${PRINTED}`), finish('stop')], context);
    expect(answer.content.map(({ type }) => type)).to.deep.equal(['thinking', 'tool_use']);
  });

  it('are found in a whole answer', () => {
    const body = { choices: [{ finish_reason: 'stop', message: { content: PRINTED } }] };
    const decoded = decodeResponse(body, printing());
    if ('fault' in decoded) expect.fail();
    expect(decoded.response.content).to.deep.equal([
      { type: 'tool_use', id: 'toolu_new2', name: 'Read', input: { path: 'a' } },
    ]);
    expect(decoded.losses.map(({ feature }) => feature)).to.deep.equal(['tool_markup']);
  });

  it('leave text in order where something else comes between', () => {
    const events = [
      delta({ content: 'a <tool' }),
      delta({ reasoning: 'why' }),
      delta({ content: ' b <tool' }),
      delta({ refusal: 'No.' }),
      finish('stop'),
    ];
    expect(answerOf(events, printing()).content).to.deep.equal([
      { type: 'text', text: 'a <tool' },
      { type: 'thinking', thinking: 'why', signature: '' },
      { type: 'text', text: ' b <toolNo.' },
    ]);
  });

  it('are no whole answer where they break off', () => {
    expect(faultOf([delta({ content: '<tool_call>{"name": "Read", "argu' })], printing())).to.include({
      kind: 'protocol',
    });
  });
});

import { expect } from 'chai';
import type { CanonicalEvent } from '@claudex/sdk';
import { decodeStream } from '../src/stream.ts';
import { DONE, delta, finish, usage } from './support/chunks.ts';
import { assembleMessage, contextOf } from '@claudex/sdk/testing';
import { answerOf, decode, faultOf } from './support/decode.ts';

describe('decoding a stream of text', () => {
  it('writes exactly the events of the grammar', () => {
    const events = decode([
      delta({ role: 'assistant', content: '' }),
      delta({ content: 'Hel' }),
      delta({ content: 'lo' }),
      finish('stop'),
      usage({ prompt_tokens: 9, completion_tokens: 2 }),
      DONE,
    ]);
    expect(events).to.deep.equal([
      { type: 'message_start', id: 'msg_new1', model: 'reported', usage: { input_tokens: 100, output_tokens: 0 } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        stop_reason: 'end_turn',
        stop_sequence: null,
        raw_stop_reason: 'stop',
        usage: { input_tokens: 9, output_tokens: 2 },
      },
      { type: 'message_stop' },
    ] satisfies CanonicalEvent[]);
  });

  it('says nothing before the first thing worth saying', () => {
    const machine = decodeStream(contextOf());
    expect(machine.push({ data: '{"choices":[],"prompt_filter_results":[]}' })).to.deep.equal([]);
    expect(machine.push(delta({ role: 'assistant', content: '' }))).to.deep.equal([]);
    expect(machine.push(delta({ content: null, reasoning: null, tool_calls: null }))).to.deep.equal([]);
    expect(machine.push(delta({ content: 'a' })).map(({ type }) => type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
    ]);
  });

  it('is complete after a finish reason, also without [DONE]', () => {
    expect(answerOf([delta({ content: 'a' }), finish('stop')]).stop_reason).to.equal('end_turn');
    expect(answerOf([delta({ content: 'a' }, { finish_reason: 'length' })]).stop_reason).to.equal('max_tokens');
  });

  it('takes [DONE] in any spelling, and nothing after it', () => {
    for (const data of ['[DONE]', ' [DONE] ', '[done]']) {
      const events = decode([delta({ content: 'a' }), finish('stop'), { data }, { data }, delta({ content: 'b' })]);
      expect(events.filter(({ type }) => type === 'message_stop')).to.have.lengthOf(1);
      expect(JSON.stringify(events)).not.to.include('"b"');
    }
  });

  it('takes [DONE] for an end where a whole answer came without a finish reason', () => {
    expect(answerOf([delta({ content: 'a' }), DONE]).stop_reason).to.equal('end_turn');
  });

  it('reports an end without a finish reason, and leaves the block open', () => {
    const events = decode([delta({ content: 'half' })]);
    expect(events.at(-1)).to.deep.equal({
      type: 'error',
      fault: { kind: 'protocol', message: 'The stream ended before it was finished.', retryable: true },
    });
    expect(events.map(({ type }) => type)).not.to.include('content_block_stop');
    expect(decode([])).to.have.lengthOf(1);
  });

  it('reports [DONE] after nothing', () => {
    expect(faultOf([delta({ content: '' }), DONE])).to.include({ kind: 'protocol', retryable: true });
  });

  it('ignores alternatives and says so once', () => {
    const events = decode([
      delta({ content: 'a' }),
      delta({ content: 'X' }, { index: 1 }),
      delta({ content: 'Y' }, { index: 2 }),
      finish('stop'),
      delta({}, { index: 1, finish_reason: 'length' }),
    ]);
    expect(JSON.stringify(events)).not.to.include('"X"');
    expect(events.filter(({ type }) => type === 'loss')).to.have.lengthOf(1);
    expect(events.at(-2)).to.include({ stop_reason: 'end_turn' });
  });

  const tool_calls = [{ index: 0, id: 'c', function: { name: 'Read', arguments: '{"a":1}' } }];

  it('joins an answer that Copilot split over two choices', () => {
    const text = delta({ content: 'a' });
    const calls = [
      delta({ role: 'assistant', content: null, tool_calls }, { index: 1 }),
      delta({}, { index: 1, finish_reason: 'tool_calls' }),
    ];
    for (const events of [
      [text, ...calls, finish('tool_calls'), DONE],
      [text, finish('tool_calls'), ...calls, DONE],
      [text, ...calls, DONE],
      [text, ...calls],
    ]) {
      const decoded = decode(events);
      expect(decoded.filter(({ type }) => type === 'loss')).to.deep.equal([]);
      const { content, stop_reason } = answerOf(events);
      expect(stop_reason).to.equal('tool_use');
      expect(content).to.deep.equal([
        { type: 'text', text: 'a' },
        { type: 'tool_use', id: 'c', name: 'Read', input: { a: 1 } },
      ]);
    }
  });

  it('does not join the calls of an alternative', () => {
    const other = delta({ tool_calls }, { index: 1 });
    const own = delta({ tool_calls: [{ ...tool_calls[0], id: 'own' }] });
    for (const [events, types] of [
      [[delta({ content: 'a' }), other, finish('stop')], ['text']],
      [[own, other, finish('tool_calls')], ['tool_use']],
    ] as const) {
      expect(answerOf(events).content.map(({ type }) => type)).to.deep.equal(types);
      const losses = decode(events).flatMap((event) => (event.type === 'loss' ? [event.loss.feature] : []));
      expect(losses).to.deep.equal(['choices']);
    }
  });

  it('takes the first choice for the answer, whatever its index', () => {
    for (const index of ['0', '7', 1, -1]) {
      const events = decode([
        delta({ content: 'a' }, { index }),
        delta({ content: 'b' }, { index: index === '7' ? 7 : index }),
        delta({ content: 'X' }, { index: 2 }),
        delta({}, { index, finish_reason: 'stop' }),
      ]);
      expect(assembleMessage(events).content).to.deep.equal([{ type: 'text', text: 'ab' }]);
      expect(events.filter(({ type }) => type === 'loss')).to.have.lengthOf(1);
    }
  });

  it('takes pieces without an index for pieces of the answer', () => {
    const events = [
      delta({ content: 'a' }, { index: null }),
      delta({ content: 'b' }),
      delta({ content: 'c' }, { index: null }),
    ];
    expect(answerOf([...events, finish('stop')]).content).to.deep.equal([{ type: 'text', text: 'abc' }]);
  });

  it('takes a whole completion that arrives as one event', () => {
    const data = JSON.stringify({
      object: 'chat.completion',
      model: 'whole',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'all at once' } }],
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    });
    const answer = answerOf([{ data }]);
    expect(answer).to.include({ model: 'whole', stop_reason: 'end_turn' });
    expect(answer.content).to.deep.equal([{ type: 'text', text: 'all at once' }]);
    expect(answer.usage).to.deep.equal({ input_tokens: 3, output_tokens: 4 });
  });

  it('does not repeat the text of a closing summary', () => {
    const summary = { finish_reason: 'stop', message: { content: 'ab' }, delta: { content: '' } };
    expect(answerOf([delta({ content: 'ab' }), delta({}, summary)]).content).to.deep.equal([
      { type: 'text', text: 'ab' },
    ]);
    const bare = { data: JSON.stringify({ choices: [{ finish_reason: 'stop', message: { content: 'ab' } }] }) };
    expect(answerOf([delta({ content: 'ab' }), bare]).content).to.deep.equal([{ type: 'text', text: 'ab' }]);
  });
});

describe('decoding a stream of reasoning', () => {
  it('reads every place a provider puts it', () => {
    const spellings = [
      { reasoning_content: 'why' },
      { reasoning: 'why' },
      { reasoning: { content: 'why' } },
      { reasoning: { text: 'why' } },
      { reasoning_content: { text: 'why', more: 1 }, reasoning: 'why' },
      { reasoning_text: 'why' },
      {
        reasoning_details: [{ type: 'reasoning.text', text: 'wh' }, { type: 'reasoning.summary', summary: 'y' }, null],
      },
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'wh' }, 'y'] }] },
      { content: [{ type: 'thinking', thinking: 'why' }] },
    ];
    for (const spelling of spellings) {
      const { content } = answerOf([delta({ ...spelling }), delta({ content: 'because' }), finish('stop')]);
      expect(content, JSON.stringify(spelling)).to.deep.equal([
        { type: 'thinking', thinking: 'why', signature: '' },
        { type: 'text', text: 'because' },
      ]);
    }
  });

  it('reports reasoning of an unknown form, once, unless another field has the text', () => {
    const lossesOf = (...deltas: object[]) =>
      decode([...deltas.map((value) => delta(value)), delta({ content: 'a' }), finish('stop')]).flatMap((event) =>
        event.type === 'loss' ? [event.loss.feature] : [],
      );
    expect(lossesOf({ reasoning: { steps: ['why'] } }, { reasoning: ['why'] })).to.deep.equal(['reasoning']);
    for (const reasoning of [null, '', {}, [], { text: '' }, { content: '' }])
      expect(lossesOf({ reasoning })).to.deep.equal([]);
    expect(lossesOf({ reasoning_content: { steps: [] }, reasoning: 'why' })).to.deep.equal([]);
  });

  it('counts a text that a provider mirrors only once', () => {
    const mirrored = {
      reasoning_content: 'a',
      reasoning: 'a',
      reasoning_details: [{ type: 'reasoning.text', text: 'a' }],
    };
    expect(answerOf([delta(mirrored), finish('stop')]).content[0]).to.include({ thinking: 'a' });
  });

  it('opens no text block for the empty content beside it', () => {
    const { content } = answerOf([
      delta({ reasoning_content: 'a', content: '' }),
      delta({ reasoning_content: 'b', content: null }),
      delta({ reasoning_content: '', content: 'c' }),
      finish('stop'),
    ]);
    expect(content.map(({ type }) => type)).to.deep.equal(['thinking', 'text']);
  });

  it('reads text parts and text of a content array in order', () => {
    const parts = [
      { type: 'text', text: 'a' },
      'b',
      { type: 'thinking', thinking: 'c' },
      { type: 'text', text: '' },
      null,
    ];
    expect(answerOf([delta({ content: parts }), finish('stop')]).content).to.deep.equal([
      { type: 'text', text: 'ab' },
      { type: 'thinking', thinking: 'c', signature: '' },
    ]);
  });
});

describe('decoding what a stream cannot carry', () => {
  it('reports each kind once, without its content', () => {
    const extras = {
      annotations: [{ url: 'https://secret.example' }],
      images: [{}],
      audio: { data: 'x' },
      executed_tools: [{}],
      reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }],
    };
    const events = decode([
      delta({ content: 'a', ...extras }),
      delta({ content: 'b', ...extras }),
      delta({ content: 'c' }, {}, { citations: ['https://secret.example'] }),
      finish('stop'),
    ]);
    const losses = events.flatMap((event) => (event.type === 'loss' ? [event.loss.feature] : []));
    expect(losses).to.deep.equal(['reasoning_state', 'images', 'audio', 'executed_tools', 'annotations', 'citations']);
    expect(JSON.stringify(events)).not.to.include('secret');
  });

  it('shows a refusal as text and says so, whatever the finish reason', () => {
    const answer = answerOf([delta({ refusal: 'I can' }), delta({ refusal: 'not.' }), finish('stop')]);
    expect(answer.content).to.deep.equal([{ type: 'text', text: 'I cannot.' }]);
    expect(answer.stop_reason).to.equal('refusal');
    expect(answerOf([delta({ content: 'a', refusal: null }), finish('stop')]).stop_reason).to.equal('end_turn');
  });
});

describe('decoding the usage of a stream', () => {
  const report = { prompt_tokens: 20, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 8 } };
  const expected = { input_tokens: 12, output_tokens: 5, cache_read_input_tokens: 8 };
  const text = delta({ content: 'a' });

  const places = {
    'in a last event without choices': [text, finish('stop'), usage(report), DONE],
    'on the event that finishes': [text, finish('stop', { usage: report }), DONE],
    'in the choice': [text, delta({}, { finish_reason: 'stop', usage: report }), DONE],
    'beside the answer, as Groq has it': [text, finish('stop', { x_groq: { usage: report } }), DONE],
    'growing with every event': [
      delta({ content: 'a' }, {}, { usage: { prompt_tokens: 20, completion_tokens: 1 } }),
      finish('stop', { usage: report }),
    ],
    'before a last event with null': [text, finish('stop', { usage: report }), usage(null as never)],
  };
  for (const [place, events] of Object.entries(places)) {
    it(`finds it ${place}`, () => {
      expect(answerOf(events).usage).to.deep.equal(expected);
    });
  }

  it('estimates it where there is none', () => {
    expect(answerOf([delta({ content: 'x'.repeat(41) }), finish('stop')]).usage).to.deep.equal({
      input_tokens: 100,
      output_tokens: 11,
    });
  });

  it('names the stop sequence where the server does and the client asked for it', () => {
    const context = () => contextOf({ stop_sequences: ['END'] });
    const stopped = answerOf([delta({ content: 'a' }, { finish_reason: 'stop', stop_reason: 'END' })], context());
    expect(stopped).to.include({ stop_reason: 'stop_sequence', stop_sequence: 'END' });
    const other = answerOf([delta({ content: 'a' }, { finish_reason: 'stop', stop_reason: 151645 })], context());
    expect(other).to.include({ stop_reason: 'end_turn', stop_sequence: null });
  });
});

import { expect } from 'chai';
import { decodeStream } from '../src/stream.ts';
import { answerOf, blocksOf, decode, knownContext, lossesOf, stateOf } from './support/decode.ts';
import { added, completed, CREATED, delta, done, event, message } from './support/events.ts';

const TEXT = { content_index: 0 };

describe('decoding a stream of text', () => {
  it('begins with an estimate and passes text on as it arrives', () => {
    const events = decode([
      CREATED,
      delta('output_text', 0, 'a', TEXT),
      delta('output_text', 0, 'b', TEXT),
      completed(),
    ]);
    expect(events).to.deep.equal([
      { type: 'message_start', id: 'msg_new1', model: 'reported', usage: { input_tokens: 100, output_tokens: 0 } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'b' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        stop_reason: 'end_turn',
        stop_sequence: null,
        raw_stop_reason: 'completed',
        usage: { input_tokens: 2, output_tokens: 5, cache_read_input_tokens: 8 },
      },
      { type: 'message_stop' },
    ]);
  });

  it('makes one block of each part and of each message', () => {
    const two = [delta('output_text', 0, 'one', TEXT), delta('output_text', 0, 'two', { content_index: 1 })];
    expect(blocksOf([...two, ...message(1, 'three')])).to.deep.equal([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
      { type: 'text', text: 'three' },
    ]);
  });

  it('counts a repetition only where no delta came', () => {
    const part = { type: 'output_text', text: 'whole', annotations: [] };
    const item = { type: 'message', id: 'm', content: [part] };
    const events = [
      [event('response.output_text.done', { output_index: 0, content_index: 0, text: 'whole' })],
      [event('response.content_part.done', { output_index: 0, content_index: 0, part })],
      [done(0, item)],
      [added(0, item)],
      [delta('output_text', 0, 'whole', TEXT), done(0, item), done(0, item)],
      [done(0, { type: 'message', content: 'whole' })],
    ];
    for (const stream of events) expect(blocksOf(stream)).to.deep.equal([{ type: 'text', text: 'whole' }]);
    expect(answerOf([completed({ output: [item] })]).content).to.deep.equal([{ type: 'text', text: 'whole' }]);
    expect(answerOf([...message(0, 'whole'), completed({ output: [item] })]).content).to.have.lengthOf(1);
  });

  it('opens nothing for a message without text', () => {
    expect(blocksOf(message(0, ''))).to.deep.equal([]);
  });

  it('shows a refusal as text, whatever the status', () => {
    const spoken = answerOf([
      CREATED,
      delta('refusal', 0, 'I ', TEXT),
      delta('refusal', 0, 'won’t', TEXT),
      completed(),
    ]);
    expect(spoken).to.deep.include({ stop_reason: 'refusal', content: [{ type: 'text', text: 'I won’t' }] });
    const whole = { type: 'message', content: [{ type: 'refusal', refusal: 'no' }] };
    expect(answerOf([CREATED, done(0, whole), completed()])).to.deep.include({ stop_reason: 'refusal' });
    const last = event('response.refusal.done', { output_index: 0, content_index: 0, refusal: 'no' });
    expect(answerOf([CREATED, last, completed()]).content).to.deep.equal([{ type: 'text', text: 'no' }]);
  });

  it('seals the phase of a message before its text', () => {
    const [phase, text] = blocksOf(message(0, 'hi', { phase: 'commentary' }));
    expect(stateOf(phase)).to.deep.equal({ item: 'phase', phase: 'commentary' });
    expect(phase).to.include({ thinking: '' });
    expect(text).to.deep.equal({ type: 'text', text: 'hi' });
    const late = [
      delta('output_text', 0, 'hi', TEXT),
      done(0, { type: 'message', phase: 'final_answer', content: [] }),
    ];
    expect(lossesOf([...late, completed()]).map(({ feature }) => feature)).to.deep.equal(['message_phase']);
    const { origin: _origin, ...unknown } = knownContext();
    expect(blocksOf(message(0, 'hi', { phase: 'commentary' }), unknown)).to.have.lengthOf(1);
    const losses = lossesOf([...message(0, 'hi', { phase: 'commentary' }), completed()], unknown);
    expect(losses).to.deep.include.members([
      {
        kind: 'dropped',
        path: 'content',
        feature: 'provider_state',
        reason: 'State of an item is kept only for a provider that is known.',
      },
    ]);
  });

  it('turns pages into citations and leaves others as they are', () => {
    const page = { type: 'url_citation', url: 'https://a.example/', title: 'A', start_index: 0, end_index: 2 };
    const file = { type: 'file_citation', file_id: 'f', filename: 'n', index: 3 };
    const place = { output_index: 0, content_index: 0 };
    const cite = (annotation: object) => event('response.output_text.annotation.added', { ...place, annotation });
    const part = { type: 'output_text', text: 'hello', annotations: [page, file] };
    const expected = [
      {
        type: 'text',
        text: 'hello',
        citations: [
          {
            type: 'web_search_result_location',
            url: 'https://a.example/',
            title: 'A',
            encrypted_index: '',
            cited_text: 'he',
          },
          file,
        ],
      },
    ];
    const item = { type: 'message', content: [part] };
    const hello = delta('output_text', 0, 'hello', TEXT);
    expect(blocksOf([hello, cite(page), cite(file), done(0, item)])).to.deep.equal(expected);
    expect(blocksOf([hello, cite(page), done(0, item)])).to.deep.equal(expected);
    expect(blocksOf([done(0, item)])).to.deep.equal(expected);
    const closed = event('response.content_part.done', { ...place, part: { ...part, annotations: [] } });
    expect(lossesOf([hello, closed, cite(page), completed()])[0]).to.include({ feature: 'citations' });
  });

  it('says once that probabilities are lost, and nothing of padding', () => {
    const logprobs = { content_index: 0, logprobs: [{ token: 'a', logprob: -1 }], obfuscation: 'x' };
    const events = [delta('output_text', 0, 'a', logprobs), delta('output_text', 0, 'b', logprobs), completed()];
    expect(lossesOf(events).map(({ feature }) => feature)).to.deep.equal(['logprobs']);
    expect(lossesOf([delta('output_text', 0, 'a', { logprobs: [], obfuscation: 'x' }), completed()])).to.have.lengthOf(
      0,
    );
  });

  it('pings for progress and for nothing else', () => {
    const names = ['queued', 'in_progress', 'web_search_call.searching', 'mcp_list_tools.completed'];
    const events = decode([CREATED, ...names.map((name) => event(`response.${name}`)), completed()]);
    expect(events.map(({ type }) => type)).to.deep.equal([
      'message_start',
      'ping',
      'ping',
      'ping',
      'ping',
      'message_delta',
      'message_stop',
    ]);
    const news = [
      event('keepalive'),
      event('response.unheard_of'),
      { data: '{"type":7}' },
      { data: '' },
      { data: '3' },
    ];
    expect(decode([...news, completed()]).map(({ type }) => type)).to.deep.equal([
      'message_start',
      'message_delta',
      'message_stop',
    ]);
  });

  it('reads events that are named only by their line or only by their type', () => {
    const { data } = delta('output_text', 0, 'hi', TEXT);
    const { type: _type, ...fields } = JSON.parse(data) as { type: string };
    for (const bare of [{ data }, { event: 'response.output_text.delta', data: JSON.stringify(fields) }])
      expect(blocksOf([bare])).to.deep.equal([{ type: 'text', text: 'hi' }]);
  });

  it('is settled by the last event and takes nothing after it', () => {
    const machine = decodeStream(knownContext());
    expect([machine.push(CREATED).length, machine.settled]).to.deep.equal([1, false]);
    expect([machine.push(completed()).length, machine.settled]).to.deep.equal([2, true]);
    expect([machine.push({ data: '[DONE]' }), machine.push(completed()), machine.end()]).to.deep.equal([[], [], []]);
  });
});

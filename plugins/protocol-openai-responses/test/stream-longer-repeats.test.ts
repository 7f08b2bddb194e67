import { expect } from 'chai';
import type { ContentBlock, SseEvent } from '@claudex/sdk';
import { answerOf, blocksOf, lossesOf, stateOf } from './support/decode.ts';
import { added, completed, CREATED, delta, done, event, reasoning } from './support/events.ts';

const READ = { id: 'fc_0', type: 'function_call', call_id: 'call_0', name: 'Read' };

/** A message of one text, or of one refusal. */
function said(text: string, type = 'output_text'): object {
  return { type: 'message', content: [{ type, [type === 'refusal' ? 'refusal' : 'text']: text }] };
}

function contentOf(...events: SseEvent[]): readonly ContentBlock[] {
  return answerOf([CREATED, ...events]).content;
}

function featuresOf(...events: SseEvent[]): string[] {
  return lossesOf([CREATED, ...events, completed()]).map(({ kind, feature }) => `${kind} ${feature}`);
}

/** What the call of a stream is given. */
function inputsOf(...events: SseEvent[]): unknown[] {
  return blocksOf(events).map((block) => (block.type === 'tool_use' ? block.input : block.type));
}

describe('a repetition that says more than the deltas', () => {
  it('adds what is missing of a text or a refusal', () => {
    const kinds = [
      ['output_text', 'text'],
      ['refusal', 'refusal'],
    ] as const;
    for (const [kind, field] of kinds) {
      const first = delta(kind, 0, 'Hel');
      const part = { type: kind, [field]: 'Hello' };
      for (const last of [
        event(`response.${kind}.done`, { output_index: 0, [field]: 'Hello' }),
        event('response.content_part.done', { output_index: 0, content_index: 0, part }),
        done(0, said('Hello', kind)),
        completed({ output: [said('Hello', kind)] }),
      ])
        expect(contentOf(first, last, completed()), last.data).to.deep.equal([{ type: 'text', text: 'Hello' }]);
      expect(featuresOf(first, done(0, said('Hello', kind)))).to.deep.equal([]);
    }
  });

  it('adds what is missing of reasoning', () => {
    for (const [name, list, place] of [
      ['reasoning_summary_text', 'summary', { summary_index: 0 }],
      ['reasoning_text', 'content', { content_index: 0 }],
    ] as const) {
      const first = delta(name, 0, 'hm', place);
      for (const last of [
        event(`response.${name}.done`, { output_index: 0, ...place, text: 'hmm' }),
        done(0, { type: 'reasoning', [list]: [{ text: 'hmm' }] }),
        completed({ output: [{ type: 'reasoning', [list]: [{ text: 'hmm' }] }] }),
      ])
        expect(contentOf(first, last, completed())[0], last.data).to.include({ thinking: 'hmm' });
    }
  });

  it('adds what is missing of arguments and other input', () => {
    const half = [added(0, READ), delta('function_call_arguments', 0, '{"a"')];
    const whole = '{"a":1}';
    for (const last of [
      event('response.function_call_arguments.done', { output_index: 0, arguments: whole }),
      event('response.function_call_arguments.done', { output_index: 0, arguments: { a: 1 } }),
      done(0, { ...READ, arguments: whole }),
    ])
      expect(inputsOf(...half, last), last.data).to.deep.equal([{ a: 1 }]);
    const custom = { type: 'custom_tool_call', call_id: 'c', name: 'sql' };
    const begun = [added(0, custom), delta('custom_tool_call_input', 0, 'SEL')];
    expect(inputsOf(...begun, done(0, { ...custom, input: 'SELECT' }))).to.deep.equal([{ input: 'SELECT' }]);
    const patch = { type: 'apply_patch_call', call_id: 'p', operation: { type: 'create_file' } };
    const grown = [added(0, patch), delta('apply_patch_call_operation_diff', 0, '+')];
    const operation = { type: 'create_file', path: 'a', diff: '+x' };
    expect(inputsOf(...grown, done(0, { ...patch, operation }))).to.deep.equal([operation]);
  });

  it('takes a text that only the whole answer has', () => {
    const bare = done(0, { type: 'message', content: [] });
    expect(contentOf(bare, completed({ output: [said('Hello')] }))).to.deep.equal([{ type: 'text', text: 'Hello' }]);
    const thought = { type: 'reasoning', summary: [{ text: 'hm' }] };
    const answer = contentOf(done(0, { type: 'reasoning' }), completed({ output: [thought] }));
    expect(answer.map((block) => 'thinking' in block && block.thinking)).to.deep.equal(['hm']);
  });
});

describe('a text that the whole answer has under another item', () => {
  it('is not told twice', () => {
    const silent = done(0, { type: 'message', id: 'm', content: [] });
    const stream = [silent, delta('output_text', 1, 'Hello'), completed({ output: [said('Hello')] })];
    expect(contentOf(...stream)).to.deep.equal([{ type: 'text', text: 'Hello' }]);
  });
});

describe('an end that says less than the beginning', () => {
  it('leaves the arguments as they were', () => {
    const begun = added(0, { ...READ, arguments: '{"a":1}' });
    for (const last of [done(0, READ), done(0, { ...READ, arguments: '' }), completed({ output: [READ] })])
      expect(contentOf(begun, last, completed())).to.deep.equal([
        { type: 'tool_use', id: 'call_0', name: 'Read', input: { a: 1 } },
      ]);
  });

  it('leaves the encrypted content of reasoning as it was', () => {
    const begun = { type: 'reasoning', id: 'r', encrypted_content: 'secret', summary: [] };
    const final = done(0, { type: 'reasoning', id: 'r', summary: [{ text: 'hm' }] });
    const [block] = blocksOf([added(0, begun), final]);
    expect(stateOf(block)).to.deep.equal({ item: 'reasoning', encrypted: 'secret', parts: [2], raw: [] });
  });

  it('leaves an item that is written as one piece as it was', () => {
    const begun = { type: 'compaction', encrypted_content: 'secret' };
    const [block] = blocksOf([added(0, begun), done(0, { type: 'compaction' })]);
    expect(stateOf(block)).to.deep.equal({ item: 'compaction', value: begun });
  });
});

describe('a repetition that says something else', () => {
  const lost = ['adjusted repeated_text'];

  it('changes nothing in a text, and is a loss', () => {
    const stream = [delta('output_text', 0, 'Hello'), done(0, said('Howdy, world'))];
    expect(blocksOf(stream)).to.deep.equal([{ type: 'text', text: 'Hello' }]);
    expect(featuresOf(...stream)).to.deep.equal(lost);
    const late = [delta('output_text', 0, 'Hello'), done(0, said('Hello')), completed({ output: [said('Hello all')] })];
    expect(contentOf(...late)).to.deep.equal([{ type: 'text', text: 'Hello' }]);
    expect(featuresOf(...late)).to.deep.equal(lost);
    const twice = [delta('output_text', 0, 'Hello'), done(0, said('Hello')), done(0, said('Hello all'))];
    expect(contentOf(...twice, completed())).to.deep.equal([{ type: 'text', text: 'Hello' }]);
    expect(featuresOf(...twice)).to.deep.equal(lost);
  });

  it('changes nothing in reasoning, and is a loss', () => {
    const other = done(0, { type: 'reasoning', summary: [{ text: 'other' }] });
    const stream = [delta('reasoning_summary_text', 0, 'hm', { summary_index: 0 }), other];
    expect(blocksOf(stream)[0]).to.include({ thinking: 'hm' });
    expect(featuresOf(...stream)).to.deep.equal(lost);
    const final = completed({ output: [{ type: 'reasoning', summary: [{ text: 'other' }] }] });
    expect(featuresOf(...reasoning(0, ['hm'], null), final)).to.deep.equal(lost);
  });

  it('changes nothing in a call, and is a loss unless it is only spelled differently', () => {
    const first = [added(0, READ), delta('function_call_arguments', 0, '{"a":1}')];
    const end = (json: string) => done(0, { ...READ, arguments: json });
    expect(inputsOf(...first, end('{"a":2}'))).to.deep.equal([{ a: 1 }]);
    expect(featuresOf(...first, end('{"a":2}'))).to.deep.equal(lost);
    expect(featuresOf(...first, end('{ "a": 1 }'))).to.deep.equal([]);
    const final = completed({ output: [{ ...READ, arguments: '{"a":3}' }] });
    expect(featuresOf(...first, end('{"a":1}'), final)).to.deep.equal(lost);
    const custom = { type: 'custom_tool_call', call_id: 'c', name: 'sql' };
    const text = [added(0, custom), delta('custom_tool_call_input', 0, 'SEL'), done(0, { ...custom, input: 'DROP' })];
    expect(featuresOf(...text)).to.deep.equal(lost);
  });

  it('is none where it is the same or empty', () => {
    const stream = [delta('output_text', 0, 'Hello'), done(0, said('')), completed({ output: [said('Hello')] })];
    expect(featuresOf(...stream)).to.deep.equal([]);
  });
});

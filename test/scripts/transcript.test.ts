import { expect } from 'chai';
import { loadScript } from './support/load-script.ts';

interface Transcript {
  describeEvent: (event: unknown) => string[];
  summarize: (events: readonly unknown[]) => { toolsRan: string[]; problem?: string };
}

const use = (id: string, name: string, input: object): object => ({
  type: 'assistant',
  message: { content: [{ type: 'tool_use', id, name, input }] },
});
const result = (id: string, content: unknown, isError?: boolean): object => ({
  type: 'user',
  message: {
    content: [{ type: 'tool_result', tool_use_id: id, content, ...(isError !== undefined && { is_error: isError }) }],
  },
});
const done = { type: 'result', subtype: 'success', is_error: false, result: 'All well.' };

describe('the transcript of "npm start"', () => {
  let transcript: Transcript;

  before(async () => {
    transcript = await loadScript('support/transcript.mjs');
  });

  it('shows the start, the words, each call and its result in short lines', () => {
    const lines = [
      { type: 'system', subtype: 'init', model: 'demo' },
      { type: 'assistant', message: { content: [{ type: 'text', text: 'First I look.\nThen I tell.' }] } },
      use('a', 'Bash', { command: 'pwd && ls -la', description: 'List' }),
      result('a', '1\n2\n3\n4\n5\n6\n7\n8\n'),
      use('b', 'Read', { file_path: '/x/README.md' }),
      result('b', [{ type: 'text', text: 'No such file' }], true),
      done,
    ].flatMap((event) => transcript.describeEvent(event));
    expect(lines).to.deep.equal([
      'Claude Code › started with model demo',
      'assistant   › First I look.',
      '              Then I tell.',
      'tool call   › Bash: pwd && ls -la',
      'tool result › 1',
      '              2',
      '              3',
      '              4',
      '              5',
      '              6',
      '              7',
      '              … 1 more line',
      'tool call   › Read: /x/README.md',
      'tool error  › No such file',
    ]);
  });

  it('shortens what is long and passes over what it does not know', () => {
    const [line = ''] = transcript.describeEvent(use('a', 'Odd', { text: 'x'.repeat(500) }));
    expect(line)
      .to.have.lengthOf.below(140)
      .and.to.match(/^tool call {3}› Odd: \{"text":"xxx.*…$/);
    const strange = [
      null,
      {},
      { type: 'stream_event' },
      { type: 'assistant' },
      { type: 'user', message: { content: 'text' } },
    ];
    expect(strange.flatMap((event) => transcript.describeEvent(event))).to.deep.equal([]);
  });

  it('counts the tools that really ran', () => {
    const events = [use('a', 'Bash', {}), result('a', 'ok'), use('b', 'Read', {}), result('b', 'no', true), done];
    expect(transcript.summarize(events)).to.deep.equal({ toolsRan: ['Bash'], problem: undefined });
  });

  it('names the problem of a run that did not end well', () => {
    const problemOf = (events: readonly unknown[]): string | undefined => transcript.summarize(events).problem;
    expect(problemOf([])).to.contain('without a result');
    expect(problemOf([done])).to.contain('no tool ran');
    expect(problemOf([use('a', 'Bash', {}), result('a', 'no', true), done])).to.contain('no tool ran');
    expect(problemOf([{ ...done, is_error: true, result: 'API Error: 529' }])).to.contain('API Error: 529');
  });
});

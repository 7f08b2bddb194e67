import { expect } from 'chai';
import { parseLogLine, readableLogLine } from '../../src/terminal/index.ts';

describe('a line of the log for people', () => {
  const line = (fields: object): string =>
    readableLogLine(JSON.stringify({ level: 'info', time: '2026-11-24T12:00:00.000Z', ...fields }));

  it('shows what became of an exchange', () => {
    const shown = line({
      event: 'exchange',
      request_id: 'req_1',
      profile: 'primary',
      served_by: 'backup',
      model: 'm-large',
      status: 200,
      usage: { input_tokens: 1200, output_tokens: 34 },
      attempts: [{}, {}],
      losses: { top_k: 2 },
      milliseconds: 5_040,
    });
    expect(shown).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO  exchange /);
    expect(shown).to.include('req_1 primary → backup m-large 200 5.0 s');
    expect(shown).to.include('1200 → 34 tokens 2 attempts losses: top_k');
  });

  it('shows the fields of other events, and their message last', () => {
    const shown = line({ level: 'warn', event: 'reload', port: 1, keys: ['a'], count: 2, message: 'it is broken' });
    expect(shown).to.match(/WARN {2}reload keys=\["a"\] count=2 it is broken$/);
    expect(line({ event: 'listening', port: 13456 })).to.match(/listening port=13456$/);
  });

  it('shows a stack line by line', () => {
    expect(line({ event: 'bug', error: 'Error: x\n    at y' }).split('\n')).to.have.length(2);
  });

  it('is harmless for a terminal, whoever wrote the names in it', () => {
    const control = /[^\P{Cc}\n]/u;
    expect(line({ event: 'x', model: '\u001b]0;owned\u0007' })).not.to.match(control);
    expect(readableLogLine('raw \u001b[31mred')).not.to.match(control);
  });

  it('shows what is no line of the log as it is, without what looks like a secret', () => {
    expect(parseLogLine('Error: at sk-0123456789abcdef')).to.equal(undefined);
    expect(parseLogLine('12')).to.equal(undefined);
    expect(readableLogLine('Error: at sk-0123456789abcdef')).to.equal('Error: at ********');
  });
});

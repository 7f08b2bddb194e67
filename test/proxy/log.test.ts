import { expect } from 'chai';
import { createScrubber } from '../../src/errors/index.ts';
import { jsonLog } from '../../src/proxy/log.ts';
import { startTestProxy } from '../support/proxy.ts';

describe('the log of the proxy', () => {
  function logOf(level: string, ...secrets: readonly string[]) {
    const lines: string[] = [];
    const scrubber = createScrubber();
    for (const secret of secrets) scrubber.know(secret);
    return { lines, log: jsonLog((line) => lines.push(line), level, scrubber) };
  }

  it('writes JSON with level and time of day in front and nothing else of its own', () => {
    const { lines, log } = logOf('info');
    log({ level: 'warn', event: 'warning', message: 'a "word"', nothing: undefined, deep: { a: [1] } });
    expect(lines).to.have.length(1);
    const { time, ...rest } = JSON.parse(lines[0] ?? '') as { time: string };
    expect(new Date(time).toISOString()).to.equal(time);
    expect(rest).to.deep.equal({ level: 'warn', event: 'warning', message: 'a "word"', deep: { a: [1] } });
    expect(lines[0]).not.to.include('\n');
  });

  it('has every field of a line once', async () => {
    await using proxy = await startTestProxy('');
    expect(proxy.log.map(({ event }) => event)).to.include('listening');
    for (const line of proxy.lines) expect(line.match(/"port":/g)).to.deep.equal(['"port":']);
  });

  it('leaves out what is below its level, which can change at any time', () => {
    const { lines, log } = logOf('warn');
    log({ level: 'info', event: 'quiet' });
    log.setLevel('trace');
    log({ level: 'trace', event: 'loud' });
    log.setLevel('error');
    log({ level: 'warn', event: 'quiet' });
    log.setLevel('no such level');
    log({ level: 'info', event: 'as usual' });
    log({ level: 'debug', event: 'quiet' });
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).to.deep.equal(['loud', 'as usual']);
  });

  it('keeps of a line that is too long only what it is about', () => {
    const { lines, log } = logOf('info');
    log({ level: 'info', event: 'exchange', request_id: 'req_1', attempts: [{ model: 'm'.repeat(100_000) }] });
    const entry = JSON.parse(lines[0] ?? '') as { left_out: number };
    expect(entry).to.include({ level: 'info', event: 'exchange', request_id: 'req_1' });
    expect(entry).not.to.have.property('attempts');
    expect(entry.left_out).to.be.greaterThan(100_000);
    expect(lines).to.have.length(1);
  });

  it('adds fields to every line', () => {
    const { lines, log } = logOf('info');
    log.addFields({ port: 13456 });
    log({ level: 'info', event: 'x' });
    expect(JSON.parse(lines[0] ?? '')).to.include({ port: 13456, event: 'x' });
  });

  it('takes secrets out of the finished line, whatever field they stand in, and leaves it JSON', () => {
    const { lines, log } = logOf('info', 'open"sesame');
    log({ level: 'error', event: 'open"sesame', error: new Error('open"sesame').stack, a: { b: ['Bearer abcdefgh'] } });
    expect(lines[0]).not.to.match(/sesame|abcdefgh/);
    expect(JSON.parse(lines[0] ?? '')).to.deep.include({ event: '********', a: { b: ['Bearer ********'] } });
  });
});

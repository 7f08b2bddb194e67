import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { requestOf, tool, user } from '@claudex/sdk/testing';
import { PromptMeter, promptUsage, type Prompt } from '../../../src/proxy/tokens/prompt-meter.ts';
import { TokenCounter } from '../../../src/proxy/tokens/token-counter.ts';

/** Takes every character for a token, or crashes. */
const BY_CHARACTER = `require('node:worker_threads').parentPort.on('message', ({ texts }) => {
  if (texts.includes('crash')) throw new Error('as ordered');
  require('node:worker_threads').parentPort.postMessage(texts.join('').length);
});`;

describe('the meter of prompts', () => {
  let meter: PromptMeter;
  let workers: number;

  beforeEach(() => {
    workers = 0;
    const startWorker = (): Worker => {
      workers += 1;
      return new Worker(BY_CHARACTER, { eval: true });
    };
    const log = (): void => undefined;
    meter = new PromptMeter(log, new TokenCounter({ log, startWorker }));
  });
  afterEach(() => meter.close());

  const prompt = (characters: number, more: Partial<Prompt> = {}): Prompt => ({
    profile: 'p',
    model: 'gpt-5',
    request: requestOf({ messages: [user('x'.repeat(characters))] }),
    bytes: characters,
    ...more,
  });
  const usage = (tokens: number): { input_tokens: number; output_tokens: number } => ({
    input_tokens: tokens,
    output_tokens: 1,
  });

  it('forecasts a quarter of the bytes while nothing is known', () => {
    expect(meter.forecast(prompt(4_000))).to.include({ estimate: 1_000, tokens: 1_000 });
  });

  it('forecasts better once it knows exact figures, for that profile and model only', async () => {
    await meter.learn(meter.forecast(prompt(4_000)), usage(1_300));
    expect(meter.forecast(prompt(8_000))).to.include({ estimate: 2_000, tokens: 2_600 });
    expect(meter.forecast(prompt(8_000, { model: 'gpt-4' })).tokens).to.equal(2_000);
    expect(meter.forecast(prompt(8_000, { profile: 'q' })).tokens).to.equal(2_000);
  });

  it('takes cached tokens for a part of the prompt', () => {
    const tokens = { ...usage(10), cache_read_input_tokens: 200, cache_creation_input_tokens: 3_000 };
    expect(promptUsage(tokens)).to.equal(3_210);
    expect(promptUsage(usage(10))).to.equal(10);
  });

  it('takes its own figure for no proof of it', async () => {
    await meter.learn(meter.forecast(prompt(4_000)), usage(1_300));
    const again = meter.forecast(prompt(4_000));
    for (let time = 0; time < 20; time += 1) await meter.learn(again, usage(again.tokens));
    const { error } = await meter.measure(prompt(4, { request: requestOf({ messages: [user('crash')] }) }));
    expect(error).to.be.closeTo(0.23, 0.01);
  });

  it('measures with the tokenizer, and says nothing about an error it does not know', async () => {
    expect(await meter.measure(prompt(1_000))).to.deep.equal({ tokens: 1_007, method: 'tokenizer', error: undefined });
    const tools = [tool('T', { description: 'd'.repeat(98), input_schema: {} })];
    const { tokens } = await meter.measure(prompt(0, { request: requestOf({ messages: [user('x')], tools }) }));
    expect(tokens).to.be.within(110, 140);
  });

  it('starts no worker for exchanges that nobody wanted a count for', async () => {
    await meter.learn(meter.forecast(prompt(4_000)), usage(1_300));
    expect(workers).to.equal(0);
  });

  it('counts the next exchange after a count, and corrects later counts by what it learnt', async () => {
    await meter.measure(prompt(1_000));
    await meter.learn(meter.forecast(prompt(4_000)), usage(2_000));
    const { tokens, error } = await meter.measure(prompt(1_000));
    expect(tokens).to.equal(Math.ceil((1_007 * 2_000) / 4_007));
    expect(error).to.be.closeTo(1.0, 0.01);
    // One exchange for each time that somebody asked.
    await meter.learn(meter.forecast(prompt(4_000)), usage(2_001));
    await meter.learn(meter.forecast(prompt(4_000)), usage(500));
    expect((await meter.measure(prompt(1_000))).tokens).to.equal(tokens);
  });

  it('waits for an exchange that is neither small nor huge', async () => {
    await meter.measure(prompt(1_000));
    await meter.learn(meter.forecast(prompt(400)), usage(300));
    await meter.learn(meter.forecast(prompt(400_000)), usage(300_000));
    expect((await meter.measure(prompt(1_000))).error).to.equal(undefined);
    await meter.learn(meter.forecast(prompt(4_000)), usage(2_000));
    expect((await meter.measure(prompt(1_000))).error).not.to.equal(undefined);
  });

  it('estimates where the tokenizer fails, and states the error of estimates', async () => {
    const broken = prompt(4_000, { request: requestOf({ messages: [user('crash')] }) });
    expect(await meter.measure(broken)).to.deep.equal({ tokens: 1_000, method: 'estimate', error: undefined });
    await meter.learn(meter.forecast(broken), usage(1_250));
    expect(await meter.measure(broken)).to.deep.equal({ tokens: 1_250, method: 'estimate', error: 0.2 });
  });

  it('says at least one token', async () => {
    const nothing = prompt(0, { request: requestOf(), bytes: 0, model: 'gemini-3-pro' });
    expect((await meter.measure(nothing)).tokens).to.equal(1);
    expect(meter.forecast(nothing).tokens).to.equal(1);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { createScrubber } from '../../src/errors/index.ts';
import { RUNS } from './support/runs.ts';

/** Ways in which a secret gets into a line of the log. */
const EMBEDDINGS: readonly ((secret: string, before: string, after: string) => string)[] = [
  (secret, before, after) => JSON.stringify({ [before]: [`${before}${secret}${after}`] }),
  (secret, before, after) => JSON.stringify({ error: JSON.stringify({ message: before + secret + after }) }),
  (secret, before, after) => `https://host/${encodeURIComponent(before)}?x=${encodeURIComponent(secret)}&y=${after}`,
  (secret, before, after) => new URLSearchParams({ before, x: secret, after }).toString(),
  (secret, before, after) => Buffer.from(before + secret + after).toString('base64'),
  (secret, before, after) => Buffer.from(before + secret + after).toString('base64url'),
  (secret, before, after) => `x-secret: ${secret}\r\n${before}: ${after}`,
  (secret, before, after) => new Error(`${before} ${secret} ${after}`).stack ?? '',
  (secret, before, after) => JSON.stringify({ error: new Error(`${before}${secret}${after}`).stack }),
];

const secret = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 6, maxLength: 80 }),
  fc.stringMatching(/^[\w.+/=~-]{6,120}$/),
);
const words = fc.string({ unit: 'grapheme', maxLength: 20 });

describe('any secret the scrubber knows', () => {
  it('survives in no line, wherever and however it stands there', () => {
    fc.assert(
      fc.property(
        secret.filter((text) => text === text.trim()),
        fc.array(secret, { maxLength: 5 }),
        words,
        words,
        (text, others, before, after) => {
          const scrubber = createScrubber();
          for (const other of [...others, text]) scrubber.know(other);
          for (const [at, embed] of EMBEDDINGS.entries()) {
            const clean = scrubber.scrub(embed(text, before, after));
            for (const reading of readingsOf(clean)) expect(reading, `embedding ${at}`).not.to.include(text);
          }
        },
      ),
      RUNS,
    );
  });
});

/** A line as somebody would read it who looks for secrets: as it is, and with every encoding taken off. */
function readingsOf(line: string): string[] {
  return [
    line,
    ...textsIn(line),
    attempt(() => decodeURIComponent(line.replaceAll('+', ' '))),
    Buffer.from(line, 'base64').toString(),
    Buffer.from(line.replaceAll('*', ''), 'base64').toString(),
  ];
}

/** Every text in JSON, also in JSON that stands as a text in it. */
function textsIn(json: string): string[] {
  const texts: string[] = [];
  attempt(() =>
    String(
      JSON.parse(json, (_name, value: unknown) => {
        if (typeof value === 'string') texts.push(value, ...textsIn(value));
        return value;
      }),
    ),
  );
  return texts;
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

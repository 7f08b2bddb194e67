import { expect } from 'chai';
import { Readable } from 'node:stream';
import { isClaudexError } from '../../src/errors/index.ts';
import { keyProblem, readKeyFrom } from '../../src/wizard/read-key.ts';

describe('reading a key from a pipe', () => {
  it('takes one line, without what editors and shells put around it', async () => {
    for (const text of ['secret-key', 'secret-key\n', '  secret-key \r\n\n']) {
      expect(await readKeyFrom(Readable.from([text]))).to.equal('secret-key');
    }
    expect(await readKeyFrom(Readable.from(['secret', '-key\n']))).to.equal('secret-key');
  });

  for (const [what, text, problem] of [
    ['nothing', '', 'empty'],
    ['blanks', ' \n\t', 'empty'],
    ['two lines', 'secret-1\nsecret-2', 'more than one line'],
    ['a blank inside', 'secret key', 'characters that no key has'],
    ['an accent', 'sécret', 'characters that no key has'],
    ['a control character', 'secret\u{7}', 'characters that no key has'],
    ['too much', 'x'.repeat(16 * 1024 + 1), 'longer than 16 KiB'],
  ] as const) {
    it(`refuses ${what}, without repeating it`, async () => {
      const refusal: unknown = await readKeyFrom(Readable.from([text])).catch((error: unknown) => error);
      if (!isClaudexError(refusal)) throw new Error('it was not refused');
      expect(refusal.exitCode).to.equal(2);
      expect(refusal.message).to.contain(problem).and.to.not.contain('secret-');
      expect(keyProblem(text)).to.contain(problem);
    });
  }

  it('does not read on for ever', async () => {
    async function* endless(): AsyncGenerator<string> {
      for (;;) yield await Promise.resolve('x'.repeat(1024));
    }
    const refusal: unknown = await readKeyFrom(Readable.from(endless())).catch((error: unknown) => error);
    expect(isClaudexError(refusal) && refusal.message).to.contain('longer than 16 KiB');
  });
});

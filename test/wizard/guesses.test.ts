import { expect } from 'chai';
import { freeName, likelyProviderType, nameOfAddress } from '../../src/wizard/guesses.ts';

describe('what the wizard proposes', () => {
  it('names a profile after its provider, and counts on when the name is taken or means something', () => {
    expect(freeName('openai', [])).to.equal('openai');
    expect(freeName('openai', ['openai', 'openai-2'])).to.equal('openai-3');
    expect(freeName('demo', [])).to.equal('demo-2');
    expect(freeName('auto', [])).to.equal('auto-2');
  });

  it('always proposes a name that may be one', () => {
    for (const word of ['', '///', '-x-', 'ä ö', '::1', 'x'.repeat(100), '.hidden']) {
      expect(freeName(word, []), word).to.match(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
    }
  });

  for (const [address, name] of [
    ['https://api.acme.example/v1', 'acme'],
    ['https://acme.example', 'acme'],
    ['https://eu.api.acme.example/v1', 'acme'],
    ['http://workstation:8000/v1', 'workstation'],
    ['http://localhost:8000/v1', 'my-server'],
    ['http://127.0.0.1:8000', 'my-server'],
    ['http://[::1]:8000', 'my-server'],
    ['nonsense', 'my-server'],
  ] as const) {
    it(`calls ${address} "${name}"`, () => expect(nameOfAddress(address)).to.equal(name));
  }

  for (const [address, type] of [
    ['https://api.anthropic.com', 'DirectAnthropic'],
    ['https://api.minimax.io/anthropic', 'DirectAnthropic'],
    ['https://api.acme.example/v1', 'OpenAICompatible'],
    ['https://anthropic.acme.example/v1', 'OpenAICompatible'],
    ['nonsense', 'OpenAICompatible'],
  ] as const) {
    it(`takes ${type} for the protocol of ${address}`, () => expect(likelyProviderType(address)).to.equal(type));
  }
});

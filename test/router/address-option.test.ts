import { expect } from 'chai';
import { addressOf } from '../../src/router/address-option.ts';

const OLLAMA = 'http://127.0.0.1:11434';

describe('an address as an option', () => {
  for (const [text, address] of [
    ['127.0.0.1', 'http://127.0.0.1:11434'],
    ['box:1234', 'http://box:1234'],
    ['box', 'http://box:11434'],
    [':8080', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['http://0.0.0.0:11434', 'http://127.0.0.1:11434'],
    ['[::]:11434', 'http://[::1]:11434'],
    ['[::1]', 'http://[::1]:11434'],
    ['http://box', 'http://box'],
    ['https://box.example/ollama/', 'https://box.example/ollama'],
    ['box/ollama', 'http://box:11434/ollama'],
  ] as const) {
    it(`is ${address} where it says ${text}`, () => {
      expect(addressOf(text, OLLAMA)).to.equal(address);
    });
  }

  for (const text of [
    '',
    ':',
    '11434',
    'ftp://box',
    'http://',
    'http://me:secret@box',
    'box?key=1',
    'box#a',
    'a b',
    'http://box/{x}',
    'box:99999',
  ]) {
    it(`is none where it says ${JSON.stringify(text)}`, () => {
      expect(addressOf(text, OLLAMA)).to.equal(undefined);
    });
  }

  it('takes scheme and port from the usual address', () => {
    expect(addressOf('git.example', 'https://gitlab.com')).to.equal('https://git.example');
  });
});

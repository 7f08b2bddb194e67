import { expect } from 'chai';
import { nearest } from '../../src/config/nearest.ts';

describe('the nearest word', () => {
  const words = ['proxy_port', 'proxy_host', 'profiles', 'router', 'sets', 'log_level'];

  for (const [word, expected] of [
    ['proxy_prot', 'proxy_port'],
    ['proxyport', 'proxy_port'],
    ['PROXY-HOST', 'proxy_host'],
    ['profile', 'profiles'],
    ['loglevel', 'log_level'],
    ['set', 'sets'],
  ] as const) {
    it(`to ${word} is ${expected}`, () => expect(nearest(word, words)).to.equal(expected));
  }

  it('is none when nothing is near', () => {
    for (const word of ['', 'x', 'abc', 'temperature', 'y'.repeat(10_000)])
      expect(nearest(word, words)).to.equal(undefined);
  });
});

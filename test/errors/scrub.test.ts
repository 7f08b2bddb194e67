import { expect } from 'chai';
import { createScrubber, scrubPatterns, SECRET_MASK } from '../../src/errors/index.ts';

describe('the scrubber', () => {
  const SECRET = 'correct horse/battery+staple"ü';

  function scrubbed(text: string, ...secrets: readonly string[]): string {
    const scrubber = createScrubber();
    for (const secret of secrets.length > 0 ? secrets : [SECRET]) scrubber.know(secret);
    return scrubber.scrub(text);
  }

  it('masks a secret it was told of, as often as it stands there, with the same width for all', () => {
    expect(scrubbed('a open-sesame b open-sesame', 'open-sesame')).to.equal(`a ${SECRET_MASK} b ${SECRET_MASK}`);
    expect(scrubbed('x swordfish!', 'swordfish')).to.equal(`x ${SECRET_MASK}!`);
  });

  it('takes the longer of two secrets that begin alike', () => {
    expect(scrubbed('key open-sesame-2 key', 'open-sesame', 'open-sesame-2')).to.equal(`key ${SECRET_MASK} key`);
  });

  it('leaves JSON intact when a secret has quotes and backslashes', () => {
    const line = scrubbed(JSON.stringify({ error: 'with pass"word\\ in it', next: 1 }), 'pass"word\\');
    expect(JSON.parse(line)).to.deep.equal({ error: `with ${SECRET_MASK} in it`, next: 1 });
  });

  it('masks it in JSON that stands as a text in JSON', () => {
    expect(scrubbed(JSON.stringify({ error: JSON.stringify({ key: SECRET }) }))).not.to.include('battery');
  });

  for (const [where, text] of [
    ['an address', `https://host/path?x=${encodeURIComponent(SECRET)}`],
    ['a form', new URLSearchParams({ x: SECRET }).toString()],
    ['an address with small letters', encodeURIComponent(SECRET).replaceAll(/%../g, (code) => code.toLowerCase())],
  ] as const) {
    it(`masks it in ${where}`, () => {
      expect(scrubbed(text)).not.to.match(/battery|staple/);
    });
  }

  for (const before of ['', 'a', 'ab']) {
    it(`masks it in base64 after ${before.length} other bytes`, () => {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${SECRET}, and more`).toString(encoding);
        const decoded = Buffer.from(scrubbed(encoded).replaceAll('*', ''), encoding).toString('latin1');
        expect(decoded).not.to.match(/horse|batt|stap/);
      }
    });
  }

  it('leaves texts of fewer than 6 characters alone', () => {
    expect(scrubbed('a short word', 'short')).to.equal('a short word');
  });

  it('leaves a line without secrets as it is', () => {
    const line = JSON.stringify({ event: 'exchange', model: 'skylark-large', request_id: 'req_012', tokens: 12 });
    expect(scrubbed(line)).to.equal(line);
  });

  it('forgets the oldest when there are too many, and keeps one that is told again', () => {
    const scrubber = createScrubber(8);
    const names = Array.from({ length: 8 }, (_, n) => `secret-number-${n}`);
    for (const name of names) scrubber.know(name);
    scrubber.know('secret-number-0');
    scrubber.know('secret-number-8');
    expect(scrubber.scrub('secret-number-0')).to.equal(SECRET_MASK);
    expect(scrubber.scrub('secret-number-1')).to.equal('secret-number-1');
    expect(scrubber.scrub('secret-number-8')).to.equal(SECRET_MASK);
  });
});

describe('secrets by their looks', () => {
  for (const text of [
    'sk-ant-api03-0123456789',
    'sk-proj-0123456789',
    'xai-0123456789abcdef',
    'gsk_0123456789abcdef',
    'ghu_0123456789abcdef',
    'gho_0123456789abcdef',
    'ghp_0123456789abcdef',
    'github_pat_0123456789abcdef',
    'eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl',
    'ya29.0123456789-abcdef',
    'AIzaSyA0123456789abcdefghijklmnop',
  ]) {
    it(`are masked: ${text.slice(0, 8)}…`, () => {
      expect(scrubPatterns(`"${text}"`)).to.equal(`"${SECRET_MASK}"`);
    });
  }

  for (const [text, clean] of [
    ['Bearer t0ken.with~parts', 'Bearer ********'],
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic ********'],
    ['{"X-Api-Key":"abc"}', '{"X-Api-Key":"********"}'],
    [String.raw`{\"x-api-key\": \"abc\"}`, String.raw`{\"x-api-key\": \"********\"}`],
    ['{"set-cookie":["a=abc"]}', '{"set-cookie":["********"]}'],
    ['https://user:pass@host/x', 'https://********@host/x'],
    ['https://host/x?key=abc&model=m', 'https://host/x?key=********&model=m'],
    ['https://host/x?a=b&access_token=abc#top', 'https://host/x?a=b&access_token=********#top'],
    ['https://host/x?api_key=abc', 'https://host/x?api_key=********'],
  ] as const) {
    it(`are masked by their place: ${text}`, () => {
      expect(scrubPatterns(text)).to.equal(clean);
    });
  }

  for (const text of [
    'https://host:8080/a@b?model=m&max_tokens=5',
    'task-list disk-0 sk-learn',
    'the token is missing',
    '{"authorization":null,"cookie":{"a":1},"x-api-key":12}',
    'reads api_key from $ACME_API_KEY',
  ]) {
    it(`are not seen where there are none: ${text}`, () => {
      expect(scrubPatterns(text)).to.equal(text);
    });
  }
});

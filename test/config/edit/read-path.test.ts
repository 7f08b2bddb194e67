import { expect } from 'chai';
import { namedPath, readPath } from '../../../src/config/index.ts';
import { readValue } from '../../../src/config/edit/read-value.ts';
import { isClaudexError } from '../../../src/errors/index.ts';

const VALUES = { profiles: [{ name: 'grok' }, { name: 'my.own' }, { name: '7' }], model_aliases: { 'a.b': 'c' } };

describe('a key as people write it', () => {
  const paths: readonly [string, readonly (string | number)[]][] = [
    ['proxy_port', ['proxy_port']],
    ['timeouts.idle_s', ['timeouts', 'idle_s']],
    ['profiles.grok.models.opus', ['profiles', 0, 'models', 'opus']],
    ['profiles.my.own.base_url', ['profiles', 1, 'base_url']],
    ['profiles."my.own"', ['profiles', 1]],
    ['profiles.1.backup_providers.0', ['profiles', 1, 'backup_providers', 0]],
    ['profiles[0].name', ['profiles', 0, 'name']],
    ['profiles.7', ['profiles', 2]],
    ['profiles.new.base_url', ['profiles', 'new', 'base_url']],
    ['model_aliases."a.b"', ['model_aliases', 'a.b']],
    ['profiles.grok.options.deep.anything', ['profiles', 0, 'options', 'deep', 'anything']],
  ];
  for (const [text, path] of paths) {
    it(`reads ${text}`, () => expect(readPath(text, VALUES)).to.deep.equal(path));
  }

  it('names a profile by its name again, which means the same in every file', () => {
    expect(namedPath(['profiles', 1, 'base_url'], VALUES)).to.deep.equal(['profiles', 'my.own', 'base_url']);
    expect(namedPath(['profiles', 9], VALUES)).to.deep.equal(['profiles', 9]);
  });

  for (const text of [
    '',
    '.',
    'a..b',
    'proxy_prot',
    'proxy_port.x',
    'profiles.grok.nmae',
    'context.rag.index_paths.x',
  ]) {
    it(`refuses ${JSON.stringify(text)} as wrong usage`, () => {
      expect(() => readPath(text, VALUES))
        .to.throw()
        .and.satisfy(isUsageError);
    });
  }
});

describe('a value as people write it', () => {
  it('becomes what its key takes', () => {
    expect(readValue('8080', ['proxy_port'], false)).to.equal(8080);
    expect(readValue('0.5', ['retry', 'budget'], false)).to.equal(0.5);
    expect(readValue('off', ['router', 'enabled'], false)).to.equal(false);
    expect(readValue('123', ['claude_binary'], false)).to.equal('123');
    expect(readValue('["a"]', ['profiles', 'x', 'strip_params'], false)).to.deep.equal(['a']);
    expect(readValue('a, b', ['profiles', 'x', 'strip_params'], false)).to.equal('a, b');
    expect(readValue('false', ['profiles', 'x', 'strip_params'], true)).to.equal('false');
    expect(readValue('3', ['profiles', 'x', 'options', 'n'], false)).to.equal(3);
    expect(readValue('3', ['profiles', 'x', 'options', 'n'], true)).to.equal('3');
    expect(readValue('{"base_url":"https://x"}', ['profiles', 'x'], false)).to.deep.equal({ base_url: 'https://x' });
  });

  it('is refused by the name of its key and what that takes, and is not repeated', () => {
    for (const [path, words] of [
      [['proxy_port'], 'proxy_port: expected a whole number'],
      [['router', 'enabled'], 'router.enabled: expected true or false'],
      [['profiles', 'x', 'models'], 'profiles.x.models: expected a table'],
      [['profiles', 'x', 'base_url'], 'profiles.x.base_url: expected an address'],
    ] as const) {
      expect(() => readValue('hush-hush', path, false))
        .to.throw(words)
        .and.satisfy((error: Error) => isUsageError(error) && !error.message.includes('hush'));
    }
  });
});

function isUsageError(error: unknown): boolean {
  return isClaudexError(error) && error.exitCode === 2;
}

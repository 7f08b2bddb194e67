import { expect } from 'chai';
import { editText } from '../../../src/config/edit/edit-text.ts';
import type { ConfigurationEdit } from '../../../src/config/edit/edits.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const TEXT = `# My settings
proxy_port: 13456   # the port
log_level: 'info'
timeouts:

profiles:
  # grok is nice
  - name: grok # its name
    strip_params: [ a,   b ] # not taken
    backup_providers:
      - one # first
      - two
    models:
      haiku: h # small

  # the second
  - name: two
    custom_headers: { a: b, X-Y: c } # headers
# that is all
`;

describe('editing YAML', () => {
  it('replaces one value, in its kind of quotes, and not one byte more', async () => {
    expect(await set(['proxy_port'], 8080)).to.equal(TEXT.replace('13456', '8080'));
    expect(await set(['log_level'], "it's")).to.equal(TEXT.replace("'info'", "'it''s'"));
    expect(await set(['profiles', 'grok', 'models', 'haiku'], 'x: y')).to.equal(TEXT.replace(': h ', ': "x: y" '));
    expect(await set(['profiles', 'two', 'custom_headers', 'a'], 'z')).to.equal(TEXT.replace('a: b', 'a: "z"'));
  });

  it('lets lists grow and shrink, and keeps their layout and the comments of what stays', async () => {
    expect(await set(['profiles', 'grok', 'strip_params'], ['a', 'b', 'c'])).to.equal(TEXT.replace('b ]', 'b, "c" ]'));
    expect(await set(['profiles', 'grok', 'backup_providers'], ['one', 'two', 'x'])).to.equal(
      TEXT.replace('- two\n', '- two\n      - x\n'),
    );
    expect(await set(['profiles', 'grok', 'backup_providers'], ['two'])).to.equal(
      TEXT.replace('      - one # first\n', ''),
    );
  });

  it('adds keys and profiles behind the last ones, with their indentation', async () => {
    expect(await set(['profiles', 'grok', 'models', 'opus'], 'o')).to.equal(
      TEXT.replace('# small\n', '# small\n      opus: o\n'),
    );
    expect(await set(['profiles', 'three'], { models: { opus: 'o' } })).to.equal(
      TEXT.replace('# headers\n', '# headers\n  - name: three\n    models:\n      opus: o\n'),
    );
    expect(await set(['timeouts', 'idle_s'], 3)).to.equal(TEXT.replace('timeouts:', 'timeouts: { "idle_s": 3 }'));
    expect(await set(['log_level'], 'warn', '# only')).to.equal('# only\nlog_level: warn\n');
  });

  it('removes a profile with the comment above it', async () => {
    const [before = '', after = ''] = TEXT.split(/ {2}# grok is nice[^]*(?=\n {2}# the second)/);
    expect(await edit({ op: 'unset', path: ['profiles', 'grok'] })).to.equal(before + after);
  });

  it('refuses to change what an alias stands for, and says what to do', async () => {
    const aliased = 'timeouts: &t\n  idle_s: 3\nbreaker: *t\n';
    for (const path of [
      ['timeouts', 'idle_s'],
      ['breaker', 'idle_s'],
    ]) {
      const error = await refusalOf(set(path, 5, aliased));
      expect(error.code).to.equal('config-not-editable');
      expect(error.remedy).to.contain('claudex config edit');
    }
  });
});

describe('editing JSON', () => {
  it('keeps it JSON, with the layout that is there', async () => {
    const text = JSON.stringify({ proxy_port: 1, profiles: [{ name: 'a', strip_params: ['x'] }] }, undefined, 2);
    const edits: ConfigurationEdit[] = [
      { op: 'set', path: ['profiles', 'a', 'strip_params'], value: ['x', "it's"] },
      { op: 'set', path: ['timeouts', 'idle_s'], value: 3 },
      { op: 'unset', path: ['proxy_port'] },
      { op: 'set', path: ['profiles', 'b'], value: { default_model: 'm' } },
    ];
    const values = {
      profiles: [
        { name: 'a', strip_params: ['x', "it's"] },
        { name: 'b', default_model: 'm' },
      ],
      timeouts: { idle_s: 3 },
    };
    expect(await editText('c.json', text, edits)).to.equal(JSON.stringify(values, undefined, 2));
    expect(JSON.parse(await editText('c.json', '', edits))).to.deep.equal({
      profiles: values.profiles,
      timeouts: values.timeouts,
    });
  });
});

function edit(change: ConfigurationEdit, text = TEXT): Promise<string> {
  return editText('claudex.yaml', text, [change]);
}

function set(path: ConfigurationEdit['path'], value: Extract<ConfigurationEdit, { op: 'set' }>['value'], text = TEXT) {
  return edit({ op: 'set', path, value }, text);
}

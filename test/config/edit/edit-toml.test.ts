import { expect } from 'chai';
import { editText } from '../../../src/config/edit/edit-text.ts';
import type { ConfigurationEdit } from '../../../src/config/edit/edits.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const TEXT = `# My settings
proxy_port = 13456   # the port
log_level='info'

[model_aliases]
# quick ones
fast = "a"

# grok is nice
[[profiles]]
name = "grok" # its name
strip_params = [ "a",   "b", ] # not taken
backup_providers = [
  "one", # first
  "two",
]
  [profiles.models]
  haiku = "h" # small

# the second
[[profiles]]
name = "two"
timeouts.idle_s = 3
custom_headers = { a = "b", "X-Y" = "c" } # headers

# the router
[router]
enabled = false
# that is all`;

describe('editing TOML', () => {
  it('replaces one value and not one byte more', async () => {
    expect(await set(['proxy_port'], 8080)).to.equal(TEXT.replace('13456', '8080'));
    expect(await set(['profiles', 'grok', 'models', 'haiku'], 'x')).to.equal(TEXT.replace('"h"', '"x"'));
    expect(await set(['profiles', 'two', 'custom_headers', 'a'], 'z')).to.equal(TEXT.replace('a = "b"', 'a = "z"'));
  });

  it('lets lists grow and shrink, and keeps their layout and the comments of what stays', async () => {
    expect(await set(['profiles', 'grok', 'strip_params'], ['a', 'b', 'c'])).to.equal(
      TEXT.replace('"b", ]', '"b",   "c", ]'),
    );
    expect(await set(['profiles', 'grok', 'backup_providers'], ['one', 'two', 'x'])).to.equal(
      TEXT.replace('  "two",\n', '  "two",\n  "x",\n'),
    );
    expect(await set(['profiles', 'grok', 'backup_providers'], ['two'])).to.equal(
      TEXT.replace('  "one", # first\n', ''),
    );
  });

  it('adds a key where its table ends, above the comment of the next one', async () => {
    expect(await set(['claude_binary'], 'c')).to.equal(TEXT.replace("'info'\n", '\'info\'\nclaude_binary = "c"\n'));
    expect(await set(['profiles', 'grok', 'models', 'opus'], 'o')).to.equal(
      TEXT.replace('# small\n', '# small\n  opus = "o"\n'),
    );
    expect(await set(['profiles', 'two', 'timeouts', 'connect_s'], 7)).to.equal(
      TEXT.replace('idle_s = 3\n', 'idle_s = 3\ntimeouts.connect_s = 7\n'),
    );
  });

  it('adds tables and profiles with empty lines around them', async () => {
    expect(await set(['profiles', 'two', 'models', 'opus'], 'o')).to.equal(
      TEXT.replace('# the router', '[profiles.models]\nopus = "o"\n\n# the router'),
    );
    expect(await set(['timeouts', 'idle_s'], 3)).to.equal(`${TEXT}\n\n[timeouts]\nidle_s = 3\n`);
    expect(await set(['profiles', 'three'], { base_url: 'u', models: { opus: 'o' } })).to.equal(
      TEXT.replace(
        '# the router',
        '[[profiles]]\nname = "three"\nbase_url = "u"\n\n[profiles.models]\nopus = "o"\n\n# the router',
      ),
    );
  });

  it('removes a profile with its tables and the comment above it, and leaves the neighbours theirs', async () => {
    const [before = '', after = ''] = TEXT.split(/# grok is nice[^]*(?=# the second)/);
    expect(await edit({ op: 'unset', path: ['profiles', 'grok'] })).to.equal(before + after);
    const [start = '', end = ''] = TEXT.split(/# the second[^]*(?=# the router)/);
    expect(await edit({ op: 'unset', path: ['profiles', 'two'] })).to.equal(start + end);
    expect(await edit({ op: 'unset', path: ['profiles', 'none'] })).to.equal(TEXT);
  });

  it('keeps the comment that the file begins with, also when its first profile goes', async () => {
    const text = '# My settings\n# of work\n[[profiles]]\nname = "a"\n\n# b here\n[[profiles]]\nname = "b"\n';
    expect(await editText('f.toml', text, [{ op: 'unset', path: ['profiles', 'a'] }])).to.equal(
      '# My settings\n# of work\n\n# b here\n[[profiles]]\nname = "b"\n',
    );
  });

  it('puts a key below the line that shows it commented out, but not one of a table that is commented out', async () => {
    const example = '# Example\n\n# log_level = "info"\n# proxy_port = 1\n\n# [history]\n# days = 30\n';
    expect(await set(['log_level'], 'warn', example)).to.equal(
      example.replace('"info"\n', '"info"\nlog_level = "warn"\n'),
    );
    expect(await set(['claude_binary'], 'c', example)).to.equal(
      example.replace('# [history]', 'claude_binary = "c"\n\n# [history]'),
    );
    expect(await set(['history', 'days'], 7, example)).to.equal(
      example.replace('# [history]\n', '# [history]\n[history]\ndays = 7\n'),
    );
    expect(await set(['history', 'days'], 7, `${example}proxy_port = 2\n`)).to.equal(
      `${example}proxy_port = 2\n\n[history]\ndays = 7\n`,
    );
  });

  it('keeps line ends, a byte order mark and a last line without an end', async () => {
    const windows = `\u{feff}${TEXT.replaceAll('\n', '\r\n')}`;
    expect(await set(['proxy_port'], 1, windows)).to.equal(windows.replace('13456', '1'));
    expect(await set(['claude_binary'], 'c', windows)).to.equal(
      windows.replace("'info'\r\n", '\'info\'\r\nclaude_binary = "c"\r\n'),
    );
    expect(await set(['log_level'], 'warn', 'proxy_port = 1')).to.equal('proxy_port = 1\nlog_level = "warn"\n');
    expect(await set(['proxy_port'], 2, 'proxy_port = 1')).to.equal('proxy_port = 2');
  });

  it('begins a profile that only another file has, and writes nothing that is there already', async () => {
    expect(await set(['profiles', 'x', 'default_model'], 'm', '')).to.equal(
      '[[profiles]]\nname = "x"\ndefault_model = "m"\n',
    );
    expect(await set(['proxy_port'], 13_456)).to.equal(TEXT);
  });

  it('refuses a place that a list does not have', async () => {
    const error = await refusalOf(edit({ op: 'set', path: ['profiles', 7, 'name'], value: 'x' }));
    expect(error).to.include({ code: 'key-not-found', exitCode: 2 });
  });
});

function edit(change: ConfigurationEdit, text = TEXT): Promise<string> {
  return editText('claudex.toml', text, [change]);
}

function set(path: ConfigurationEdit['path'], value: Extract<ConfigurationEdit, { op: 'set' }>['value'], text = TEXT) {
  return edit({ op: 'set', path, value }, text);
}

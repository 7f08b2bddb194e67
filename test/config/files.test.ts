import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

const TOML = `
hyperlinks = "off"
[model_aliases]
grok3 = "grok-3-beta"
[[profiles]]
name = "azure"
provider_type = "OpenAICompatible"
base_url = "https://x.example/openai/"
default_model = "gpt"
models = { haiku = "small" }
backup_providers = ["other"]
strip_params = ["temperature", "top_p"]
[profiles.query_params]
api-version = "1"
[[profiles]]
name = "other"
base_url = "https://other.example"
default_model = "x"
strip_params = "a, b"
`;

const YAML = `
hyperlinks: off
model_aliases: { grok3: grok-3-beta }
profiles:
  - name: azure
    provider_type: OpenAICompatible
    base_url: https://x.example/openai/
    default_model: gpt
    api_key:
    models:
      haiku: small
    backup_providers: [other]
    strip_params: [temperature, top_p]
    query_params:
      api-version: "1"
  - name: other
    base_url: https://other.example
    default_model: x
    strip_params: a, b
`;

describe('reading configuration files', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  async function refusalOfFile(name: string, content: string | Uint8Array): Promise<string> {
    const error = await workspace.refusal({ configFile: workspace.write(name, content) });
    expect(error).to.include({ exitCode: 2, code: 'config-invalid' });
    return error.message;
  }

  it('understands the same in TOML, YAML and JSON', async () => {
    const toml = (await workspace.load({ configFile: workspace.write('a.toml', TOML) })).values;
    const yaml = (await workspace.load({ configFile: workspace.write('a.yaml', YAML) })).values;
    const json = (
      await workspace.load({ configFile: workspace.write('a.json', JSON.stringify(toml, undefined, '\t')) })
    ).values;
    expect(toml.profiles.map(({ name, base_url, strip_params }) => [name, base_url, strip_params])).to.deep.equal([
      ['azure', 'https://x.example/openai', ['temperature', 'top_p']],
      ['other', 'https://other.example', ['a', 'b']],
    ]);
    expect(toml.hyperlinks).to.equal(false);
    expect(yaml).to.deep.equal(toml);
    expect(json).to.deep.equal(toml);
  });

  it('takes any other extension for TOML, also "package"', async () => {
    for (const name of ['claudex.conf', 'claudexrc', 'package.toml', 'package.conf']) {
      const { values } = await workspace.load({ configFile: workspace.write(name, 'proxy_port = 99') });
      expect(values.proxy_port).to.equal(99);
    }
    const { values } = await workspace.load({ configFile: workspace.write('package.yaml', 'proxy_port: 98') });
    expect(values.proxy_port).to.equal(98);
  });

  for (const [what, content] of [
    ['of 0 bytes', ''],
    ['of white space', ' \n\r\n'],
    ['with a byte order mark only', '\u{feff}'],
    ['of comments', '# nothing\n'],
  ] as const) {
    it(`takes a file ${what} for an empty one`, async () => {
      for (const name of ['empty.toml', 'empty.yaml']) {
        const { values } = await workspace.load({ configFile: workspace.write(name, content) });
        expect(values.proxy_port).to.equal(13_456);
      }
    });
  }

  it('reads files with a byte order mark and Windows line ends, and counts their lines right', async () => {
    const toml = '\u{feff}proxy_port = 1\r\nlog_level = "warn"\r\n';
    expect((await workspace.load({ configFile: workspace.write('a.toml', toml) })).values).to.include({
      proxy_port: 1,
      log_level: 'warn',
    });
    expect(await refusalOfFile('b.toml', `${toml}nonsense = 1\r\n`)).to.contain('b.toml:3:1: nonsense: unknown key');
    expect(await refusalOfFile('c.toml', '\u{feff}nonsense = 1')).to.contain('c.toml:1:1: nonsense');
    expect(await refusalOfFile('d.yaml', '\u{feff}log_level: warn\r\nnonsense: 1\r\n')).to.contain(
      'd.yaml:2:1: nonsense',
    );
  });

  it('says where broken TOML is and what the parser says, but not what stands there', async () => {
    const message = await refusalOfFile('a.toml', 'proxy_port = 1\napi_key = "sk-very-secret\n');
    expect(message).to.match(/a\.toml:2:\d+: is not valid TOML: \w+/);
    expect(message).to.not.contain('sk-very-secret');
    expect(message.split('\n')).to.have.length(1);
  });

  it('says where broken YAML is and what the parser says, but not what stands there', async () => {
    const message = await refusalOfFile('a.yaml', 'proxy_port: 1\napi_key: "sk-very-secret\n');
    expect(message).to.match(/a\.yaml:[23]:\d+: is not valid YAML: \w+/);
    expect(message).to.not.contain('sk-very-secret');
    expect(await refusalOfFile('b.yaml', 'a: [1, 2]]\n')).to.match(/b\.yaml:1:\d+: is not valid YAML/);
    expect(await refusalOfFile('c.yaml', 'a: 1\n---\nb: 2\n')).to.contain('is not valid YAML');
    expect(await refusalOfFile('d.yaml', 'proxy_port: 1\nproxy_port: 2\n')).to.match(
      /d\.yaml:2:1: is not valid YAML: a second time the same key/,
    );
  });

  for (const [text, message] of [
    ['profiles:\n  - {api_key: *sk-very-secret}\n', 'a.yaml:2:15: is not valid YAML: an alias without an anchor'],
    ['proxy_token: @sk-very-secret\n', 'a.yaml:1:14: is not valid YAML: a value that begins with this character'],
    ['proxy_token: "\\sk-very-secret"\n', 'a.yaml:1:15: is not valid YAML: unknown escape sequence'],
    ['proxy_token: !sk-very-secret x\nx', 'is not valid YAML: '],
    ['a: |sk-very-secret\n', 'a.yaml:1:5: is not valid YAML: something is in the wrong place'],
    ['a: "b" sk-very-secret\n', 'is not valid YAML: something is in the wrong place'],
    ['%sk-very-secret\n', 'is not valid YAML: '],
  ] as const) {
    it(`quotes nothing of the broken YAML ${JSON.stringify(text)}`, async () => {
      const refusal = await refusalOfFile('a.yaml', text);
      expect(refusal).to.contain(message).and.to.not.contain('very');
    });
  }

  it('stops a YAML file that would explode', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef'])
      bomb.push(`${next}: &${next} [${Array(10).fill(`*${one}`).join(', ')}]`);
    expect(await refusalOfFile('bomb.yaml', bomb.join('\n'))).to.contain(
      'is not valid YAML: its aliases stand for too much',
    );
  });

  it('stops files that are nested without end', async () => {
    expect(await refusalOfFile('deep.yaml', `a: ${'['.repeat(200_000)}`)).to.contain('is not valid YAML');
    expect(await refusalOfFile('deep.toml', `a = ${'['.repeat(200_000)}`)).to.contain('is not valid TOML');
    const options = `${'{a: '.repeat(100)}1${'}'.repeat(100)}`;
    const text = `profiles: [{name: a, base_url: "https://a.example", default_model: m, options: ${options}}]`;
    expect(await refusalOfFile('options.yaml', text)).to.contain(
      'profiles.a.options: is nested more than 64 levels deep',
    );
  });

  it('refuses a file whose top is not a table', async () => {
    expect(await refusalOfFile('list.yaml', '- 1\n')).to.contain('list.yaml: must hold keys and values');
    expect(await refusalOfFile('word.yaml', 'hello\n')).to.contain('must hold keys and values');
  });

  it('refuses what is not UTF-8', async () => {
    expect(await refusalOfFile('latin.toml', Buffer.from('log_level = "\xe9"', 'latin1'))).to.contain(
      'is not UTF-8 text',
    );
    expect(await refusalOfFile('wide.toml', Buffer.from('\u{feff}proxy_port = 1', 'utf16le'))).to.contain(
      'is not UTF-8 text',
    );
  });

  it('refuses more than 1 MiB and takes exactly 1 MiB', async () => {
    const line = '# a comment to fill the file up\n';
    const text = `proxy_port = 7\n${line.repeat(40_000)}`.slice(0, 1024 * 1024);
    expect((await workspace.load({ configFile: workspace.write('a.toml', text) })).values.proxy_port).to.equal(7);
    expect(await refusalOfFile('b.toml', `${text}#`)).to.contain('larger than 1 MiB');
  });

  it('refuses a folder, also where it would look for a file itself', async () => {
    mkdirSync(join(workspace.project, 'claudex.toml'));
    const found = await workspace.refusal();
    expect(found.exitCode).to.equal(2);
    expect(found.message).to.contain(`${join(workspace.project, 'claudex.toml')}: is a folder, not a file`);
    expect((await workspace.refusal({ configFile: workspace.root })).message).to.contain('is a folder');
  });

  it('refuses a pipe without waiting for it', async function test() {
    if (process.platform === 'win32') this.skip();
    const pipe = join(workspace.root, 'pipe.toml');
    execFileSync('mkfifo', [pipe]);
    expect((await workspace.refusal({ configFile: pipe })).message).to.contain('is not a regular file');
  });

  it('says that a file may not be read', async function test() {
    if (process.getuid === undefined || process.getuid() === 0) this.skip();
    const file = workspace.write('closed.toml', '');
    chmodSync(file, 0);
    expect((await workspace.refusal({ configFile: file })).message).to.contain('permission denied');
  });
});

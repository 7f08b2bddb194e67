import { expect } from 'chai';
import { maskedFileText } from '../../src/config/inspect/masked-file-text.ts';
import { parseToml } from '../../src/config/toml.ts';
import { parseYaml } from '../../src/config/yaml.ts';

const TOML = `
# api_key = "sk-in-a-comment-123456"
proxy_token = "token-1234"   # keep this
[[profiles]]
name = 'p'
api_key = 'short'
api_key_env = "MY_KEY"
custom_headers = { authorization = "Bearer header-secret", X-Title = "token-1234 again" }
base_url = "https://user:password-1@a.example"
[profiles.options.auth]
clientSecret = """
first-line-of-secret
second-line-of-secret"""
password = 12345678
max_tokens = 100
`;

const YAML = `
proxy_token: token-1234 # keep this
profiles:
  - name: p
    api_key: sk-plain, with=a comma
    options:
      secret: |
        first-line-of-secret
        second-line-of-secret
      note: plain text
    extra_env: { B: visible, A_KEY: a-short-one }
`;

describe('a file that is printed without its secrets', () => {
  it('keeps comments and layout in TOML', () => {
    const masked = maskedFileText(TOML, parseToml(TOML).values);
    expect(masked).to.not.match(/1234|short|header-secret|line-of-secret|password-1|sk-in/);
    for (const line of ['proxy_token = "********"   # keep this', "api_key = '********'", 'api_key_env = "MY_KEY"'])
      expect(masked).to.contain(`\n${line}\n`);
    expect(masked).to.contain('X-Title = "******** again"').and.to.contain('max_tokens = 100');
    expect(parseToml(masked).values).to.have.nested.property('profiles[0].name', 'p');
  });

  it('keeps comments and layout in YAML, which can still be read', () => {
    const masked = maskedFileText(YAML, parseYaml(YAML).values);
    expect(masked).to.not.match(/1234|sk-plain|a comma|line-of-secret|a-short-one/);
    expect(masked).to.contain('proxy_token: "********" # keep this').and.to.contain('B: visible');
    expect(parseYaml(masked).values).to.have.nested.property('profiles[0].options.note', 'plain text');
  });

  it('has no secrets either when it cannot be parsed', () => {
    const broken = `[[profiles\napi_key = "sk-live-1234567890\nproxy_token: 'token-1234\npassword = plain-word\n{"api_key": "x1"}`;
    expect(maskedFileText(broken, undefined)).to.not.match(/1234|plain-word|x1/);
  });

  it('takes no time for a hostile text', () => {
    const started = performance.now();
    for (const piece of ['a', 'a ', '"', "'", '"""', '\\"', '"\\', ', a', 'a = ,', 'key: a ', ' ']) {
      maskedFileText(piece.repeat(Math.floor(1_000_000 / piece.length)), undefined);
    }
    expect(performance.now() - started).to.be.lessThan(20_000);
  });

  it('is as it was when there is nothing to hide', () => {
    const text = '# hello\r\nproxy_port = 1\napi_key = ""\napi_key_env = "A"\n';
    expect(maskedFileText(text, parseToml(text).values)).to.equal(text);
  });
});

import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../src/config/check.ts';
import { documentKind } from '../../src/config/schema.ts';
import { parseToml } from '../../src/config/toml.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import { ROOT } from '../support/source-files.ts';
import { exampleFile, FORMATS, uncommented } from './support/example-files.ts';
import { ORIGINAL_FOLDER } from './support/original-files.ts';

const schema = JSON.parse(readFileSync(join(ROOT, 'templates/schemas/claudex.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
const parse = { toml: parseToml, yaml: parseYaml };
const PROFILE = { name: 'p', base_url: 'https://a.example', default_model: 'm' };
const withProfile = (more: object): object => ({ profiles: [{ ...PROFILE, ...more }] });

const GOOD: readonly object[] = [
  {},
  { proxy_port: 1, proxy_host: '[::1]', log_level: 'trace', hyperlinks: true },
  { hyperlinks: 'Disabled', router: { enabled: true, rules: { code: 'p' } } },
  { proxy_port: null, timeouts: { idle_s: null }, model_aliases: { a: null } },
  { health_interval_s: 0.5, retry: { budget: 1 }, history: { days: 0 } },
  { oauth: { gitlab: { issuer: 'https://gitlab.example' } } },
  withProfile({ auth_type: 'api_key', strip_params: false, oauth_provider: 'openai' }),
  withProfile({ strip_params: ['a', 'b'], custom_headers: { 'X-A': '1' }, extra_env: { A_B: '' } }),
  withProfile({ strip_params: { List: ['a'] }, quirks: { a: [1, { b: null }] }, api_key: null }),
  withProfile({ base_url: 'HTTP://127.0.0.1:8000/v1/', api_key_env: 'A_KEY', models: { opus: 'x' } }),
];

const BAD: readonly object[] = [
  { proxy_prot: 1 },
  { proxy_port: '1' },
  { proxy_port: 0 },
  { proxy_port: 65_536 },
  { proxy_port: 1.5 },
  { proxy_host: 'a b' },
  { proxy_token: 'with a blank' },
  { log_level: 'loud' },
  { hyperlinks: 'maybe' },
  { hyperlinks: 1 },
  { timeouts: { idle: 1 } },
  { timeouts: { idle_s: -1 } },
  { timeouts: [] },
  { retry: { budget: 1.1 } },
  { model_aliases: { a: 1 } },
  { model_aliases: JSON.parse('{"__proto__": "x"}') as object },
  { profiles: {} },
  { profiles: [null] },
  { profiles: [{ base_url: 'https://a.example' }] },
  { default_profile: 'a b' },
  withProfile({ name: '-p' }),
  withProfile({ name: null }),
  withProfile({ base_url: 'ftp://a.example' }),
  withProfile({ base_url: 'https://u:p@a.example' }),
  withProfile({ base_url: 'https://a.example/?a=1' }),
  withProfile({ auth_type: 'key' }),
  withProfile({ strip_params: [''] }),
  withProfile({ strip_params: true }),
  withProfile({ strip_params: { list: ['a'] } }),
  withProfile({ custom_headers: { 'a b': '1' } }),
  withProfile({ custom_headers: { a: 'line\nbreak' } }),
  withProfile({ extra_env: { '1A': 'x' } }),
  withProfile({ oauth_provider: 'Claude' }),
  withProfile({ max_tokens: 0 }),
  withProfile({ models: { gpt: 'x' } }),
  withProfile({ breaker: { failure_ratio: 2 } }),
  withProfile({ quirks: [] }),
  withProfile({ unknown: 1 }),
];

describe('the JSON schema of the configuration', () => {
  for (const document of GOOD) {
    it(`accepts what our own check accepts: ${JSON.stringify(document)}`, () => {
      expect(problemsOf(document)).to.deep.equal([]);
      expect(validate(document), JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  for (const document of BAD) {
    it(`refuses what our own check refuses: ${JSON.stringify(document)}`, () => {
      expect(problemsOf(document)).to.have.length.greaterThan(0);
      expect(validate(document)).to.equal(false);
    });
  }

  for (const format of FORMATS) {
    it(`accepts the example file of ${format.toUpperCase()}, also with every setting switched on`, () => {
      const { values } = parse[format](uncommented(exampleFile(format)));
      expect(validate(values), JSON.stringify(validate.errors)).to.equal(true);
      expect(validate(parse[format](exampleFile(format)).values ?? {})).to.equal(true);
    });

    const file = join(ORIGINAL_FOLDER, `config.example.${format}`);
    const remark = existsSync(file) ? '' : ': skipped, it is not there';
    it(`accepts the example file of the original in ${format.toUpperCase()}${remark}`, function test() {
      if (!existsSync(file)) this.skip();
      const { values } = parse[format](readFileSync(file, 'utf8'));
      expect(validate(values), JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  it('describes every key, and gives every default', () => {
    const { properties } = schema as { properties: { [key: string]: { description?: string; default?: unknown } } };
    expect(properties).to.have.nested.property('proxy_port.default', 13_456);
    expect(Object.values(properties).filter(({ description }) => description === undefined)).to.deep.equal([]);
  });
});

function problemsOf(document: object): string[] {
  const problems: string[] = [];
  check(document, documentKind, [], (path) => problems.push(path.join('.')));
  return problems;
}

import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessResult } from '../support/run-process.ts';

const CONFIG = `log_level = "warn"
[model_aliases]
"gpt.5" = "gpt-5"
[[profiles]]
name = "work"
base_url = "https://a.example"
default_model = "m"
api_key = "secret-key-1"
backup_providers = ["v1.5"]
[[profiles]]
name = "v1.5"
provider = "openai"
`;

describe('claudex config get', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome();
    await home.writeConfig(CONFIG);
  });
  afterEach(() => home.close());

  const get = (...args: string[]): Promise<ProcessResult> => runCli(home, ['config', 'get', ...args]);

  it('prints texts as they are, everything else as JSON, and nothing beside it', async () => {
    for (const [key, printed] of [
      ['log_level', 'warn'],
      ['proxy_port', '13456'],
      ['proxy_allow_remote', 'false'],
      ['profiles.work.default_model', 'm'],
      ['profiles.0.name', 'work'],
      ['profiles.work.backup_providers.0', 'v1.5'],
      ['profiles."v1.5".provider', 'openai'],
      ['model_aliases."gpt.5"', 'gpt-5'],
      ['profiles.work.backup_providers', '[\n  "v1.5"\n]'],
      ['retry', '{\n  "max_attempts": 3,\n  "max_wait_s": 10,\n  "budget": 0.2\n}'],
      ['profiles.work.api_key', '********'],
    ] as const) {
      expect(await get(key), key).to.deep.include({ code: 0, stdout: `${printed}\n`, stderr: '' });
    }
  });

  it('says with --origin who sets the value and what that overrides, without secrets', async () => {
    writeFileSync(join(home.work, 'claudex.toml'), '\nlog_level = "error"\n');
    const { stdout } = await get('log_level', '--origin');
    expect(stdout.split('\n')).to.deep.equal([
      'error',
      `  from ${join(home.work, 'claudex.toml')}:2:1 (project)`,
      `  instead of "warn" from ${home.configFile}:1:1 (global)`,
      '  instead of "info" from the defaults',
      '',
    ]);
    const { stdout: json } = await get('profiles.work.api_key', '--origin', '--json');
    expect(JSON.parse(json)).to.deep.equal({
      key: 'profiles.work.api_key',
      value: '********',
      origin: { layer: 'global', where: `${home.configFile}:8:1`, value: '********', overrides: [] },
    });
  });

  it('is won by the environment, also with --config', async () => {
    writeFileSync(join(home.work, 'own.toml'), 'proxy_port = 1\nproxy_max_streams = 5\n');
    const environment = { CLAUDEX_PROXY_PORT: '2' };
    const { stdout } = await runCli(home, ['config', 'get', 'proxy_port', '--config', 'own.toml'], { environment });
    expect(stdout).to.equal('2\n');
    expect((await get('proxy_max_streams', '--config', 'own.toml')).stdout).to.equal('5\n');
  });

  it('fails with exit code 1 for what is not there, and names what is nearest', async () => {
    for (const [key, code, words] of [
      ['proxy_prot', 'unknown-key', 'did you mean "proxy_port"?'],
      ['timeouts.idel_s', 'unknown-key', 'did you mean "idle_s"?'],
      ['profiles.wrok.default_model', 'profile-not-found', 'did you mean "work"?'],
      ['profiles.7.default_model', 'key-not-set', 'profiles.7.default_model is not set'],
      ['proxy_token', 'key-not-set', 'claudex config set proxy_token'],
      ['model_aliases.nothing', 'key-not-set', 'is not set'],
      ['log_level.x', 'unknown-key', 'nothing is below a single value'],
      ['profiles.work.toString', 'unknown-key', 'there is no key "toString"'],
      ['__proto__', 'unknown-key', 'there is no key'],
    ] as const) {
      const { code: exitCode, stdout } = await get(key, '--json');
      expect(exitCode, key).to.equal(1);
      expect(stdout, key).to.contain(`"code": "${code}"`).and.to.contain(words.replaceAll('"', '\\"'));
    }
  });
});

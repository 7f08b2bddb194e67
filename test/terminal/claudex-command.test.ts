import { expect } from 'chai';
import { Config } from '@oclif/core/config';
import * as Args from '@oclif/core/args';
import { join } from 'node:path';
import type { ClaudexError } from '../../src/errors/index.ts';
import { ClaudexCommand, portFlag } from '../../src/terminal/index.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { ROOT } from '../support/source-files.ts';

class Probe extends ClaudexCommand {
  static override id = 'probe:look';
  static override flags = { port: portFlag() };
  static override args = { file: Args.string({ required: true, description: 'some file' }) };
  readonly told: string[] = [];

  async run() {
    const { flags } = await this.parse(Probe);
    return flags.port === 1 ? (await this.load(flags)).values : (await this.loadUsable(flags)).values;
  }

  protected override note(...lines: readonly string[]): void {
    this.told.push(...lines);
  }
}

describe('the base of all commands', () => {
  let home: IsolatedHome;
  let config: Config;
  beforeEach(async () => {
    home = await isolatedHome();
    config = await Config.load(ROOT);
    config.configDir = join(home.home, '.config', 'claudex');
    config.dataDir = join(home.home, '.local', 'share', 'claudex');
  });
  afterEach(() => home.close());

  const probe = (...argv: string[]): Probe => new Probe(argv, config);

  const refusal = (...argv: string[]): Promise<ClaudexError> => refusalOf(probe(...argv).run());

  it('loads the configuration', async () => {
    await home.writeConfig('log_level = "warn"');
    expect((await probe('x', '--port', '1').run()).log_level).to.equal('warn');
    expect((await probe('x').run()).log_level).to.equal('warn');
  });

  it('lets a command that has to work go on with what is right in a broken configuration, and no other', async () => {
    await home.writeConfig('log_level = "loud"\nproxy_port = 14001');
    const command = probe('x');
    expect(await command.run()).to.include({ log_level: 'info', proxy_port: 14_001 });
    expect(command.told.join('\n')).to.contain('log_level: expected one of').and.to.contain('the defaults');
    expect(await refusal('x', '-p', '1')).to.include({ code: 'config-invalid', exitCode: 2 });
  });

  it('lets it go on without a file that was named only when a port is given', async () => {
    expect(await refusal('x', '--config', '/nowhere.toml')).to.include({ exitCode: 2 });
    const command = probe('x', '--config', '/nowhere.toml', '-p', '14000');
    expect(await command.run()).to.include({ proxy_port: 13_456 });
    expect(command.told.join('\n')).to.contain('/nowhere.toml').and.to.contain('because the port is given');
  });

  for (const [argv, message] of [
    [[], 'missing 1 required arg: file'],
    [['x', '--nope'], 'nonexistent flag: --nope'],
    [['x', 'y'], 'unexpected argument: y'],
    [['x', '--config'], 'flag --config expects a value'],
    [['x', '-p', 'z'], '--port: expected an integer but received: z'],
    [['x', '-p', '70000'], '--port: expected an integer less than or equal to 65535 but received: 70000'],
  ] as const) {
    it(`says "${message}" in one line, and where help is`, async () => {
      const error = await refusal(...argv);
      expect(error).to.include({ code: 'usage', exitCode: 2, message });
      expect(error.remedy).to.equal('"claudex probe look --help" shows how it is used.');
    });
  }
});

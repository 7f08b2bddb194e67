import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { usageError } from '../../errors/index.ts';
import { collectRegistry } from '../../registry/index.ts';
import { ClaudexCommand, profileFlags } from '../../terminal/index.ts';
import { addProfile, readFlags, withWizard, type AddedProfile } from '../../wizard/index.ts';

export default class ProfileAdd extends ClaudexCommand {
  static override summary = 'Set up a provider as a new profile';
  static override description =
    'Asks on a terminal for what the flags do not say: provider, key, models, backups. The profile is tested before it is saved; until then nothing is written. Elsewhere the flags must say all that has no default. A key is typed, piped in or named by its variable, never given as the value of a flag.';
  static override examples = [
    '<%= config.bin %> profile add',
    {
      command: '<%= config.bin %> profile add work --provider openai --api-key-env OPENAI_API_KEY',
      description: 'Use a key that is in the environment',
    },
    {
      command:
        '<%= config.bin %> profile add acme --base-url https://api.acme.example/v1 --model large --api-key-stdin --keyring < key.txt',
      description: 'Set up a provider that no plugin knows, with a key from a file',
    },
  ];
  static override enableJsonFlag = true;
  static override args = {
    name: Args.string({ description: 'name of the profile; default: made from the provider', ignoreStdin: true }),
  };
  static override flags = {
    name: Flags.string({ helpValue: 'NAME', description: 'the same as the argument' }),
    ...profileFlags,
    local: Flags.boolean({ description: 'save it in the file of the project instead of the global one' }),
  };

  async run(): Promise<AddedProfile> {
    const { args, flags } = await this.parse(ProfileAdd);
    const name = oneName(args.name, flags.name);
    const loaded = await this.load(flags);
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const given = {
      ...(await readFlags(flags, { registry, loaded }, process.stdin)),
      ...(name !== undefined && { name }),
    };
    const { directories } = this;
    const note = (...lines: readonly string[]): void => this.note(...lines);
    const settings = { loaded, registry, environment: process.env, directories, mayAsk: !flags.yes, note };
    const added = await withWizard(settings, (wizard) =>
      addProfile(given, wizard, {
        sources: this.sources(flags.config),
        local: flags.local,
        defaults: flags.yes,
        test: flags['no-test'] ? 'skip' : flags.yes ? 'keep' : 'stop',
      }),
    );
    this.log(`Profile "${added.profile.name}" is saved in ${added.file}.`);
    this.log(`Start Claude Code on it: claudex run ${added.profile.name}`);
    return added;
  }
}

function oneName(argument: string | undefined, flag: string | undefined): string | undefined {
  if (argument === undefined || flag === undefined || argument === flag) return argument ?? flag;
  throw usageError('usage', 'two names are given for one profile', 'Give it once.');
}

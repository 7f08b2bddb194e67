import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { failure } from '../../errors/index.ts';
import { ClaudexCommand, confirm } from '../../terminal/index.ts';
import { chosenEntries, planTrustedRemoval, removeProfile, type Removal } from '../../wizard/index.ts';

/** What `profile remove --json` prints. */
export interface RemovedProfile {
  readonly removed: string;
  /** The files that had it. */
  readonly files: readonly string[];
  /** Settings that named it and were changed, too. */
  readonly references: readonly string[];
  /** Entries of the secret store that were deleted. */
  readonly deleted_keys: readonly string[];
}

export default class ProfileRemove extends ClaudexCommand {
  static override summary = 'Remove a profile';
  static override description =
    'Removes the profile from the file it stands in, together with every setting that names it, and its key from the keyring when no other profile uses that. Comments and everything else stay.';
  static override examples = [
    '<%= config.bin %> profile remove acme',
    { command: '<%= config.bin %> profile remove acme --yes', description: 'Remove it without being asked' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    profile: Args.string({ required: true, description: 'name of the profile', ignoreStdin: true }),
  };
  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'remove without asking' }),
  };

  async run(): Promise<RemovedProfile> {
    const { args, flags } = await this.parse(ProfileRemove);
    const loaded = await this.load(flags);
    const sources = this.sources(flags.config);
    const removal = await planTrustedRemoval(args.profile, loaded, sources);
    this.note(...describe(removal));
    if (!flags.yes) await this.#ask(args.profile);
    const entries = flags.yes ? removal.entries : await chosenEntries(removal.entries);
    this.note(...(await removeProfile(removal, entries, sources)));
    this.log(`Profile "${args.profile}" is removed.`);
    return { removed: args.profile, files: removal.files, references: removal.references, deleted_keys: entries };
  }

  async #ask(name: string): Promise<void> {
    const question = `Remove profile "${name}"?`;
    if (await confirm({ question, remedy: `Run "claudex profile remove ${name} --yes".` })) return;
    throw failure('cancelled', `profile "${name}" was not removed`);
  }
}

function describe({ files, references, entries }: Removal): readonly string[] {
  return [
    ...files.map((file) => `It stands in ${file}.`),
    ...(references.length === 0
      ? []
      : ['These settings name it and change, too:', ...references.map((line) => `  ${line}`)]),
    ...entries.map((entry) => `No other profile uses its key "${entry}" in the keyring.`),
  ];
}

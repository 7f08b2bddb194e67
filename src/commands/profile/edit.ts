import * as Args from '@oclif/core/args';
import { collectRegistry } from '../../registry/index.ts';
import { ClaudexCommand, profileFlags } from '../../terminal/index.ts';
import {
  chosenEntries,
  deleteEntries,
  editProfile,
  readFlags,
  withWizard,
  type EditedProfile,
} from '../../wizard/index.ts';

export default class ProfileEdit extends ClaudexCommand {
  static override summary = 'Change a profile';
  static override description =
    'Changes what the flags say; without any it asks on a terminal what to change. Only the keys that change are written, each in the file it stands in. The profile is tested before it is saved.';
  static override examples = [
    '<%= config.bin %> profile edit acme',
    '<%= config.bin %> profile edit acme --model large --opus huge',
    { command: '<%= config.bin %> profile edit acme --keyring', description: 'Move the key out of the configuration' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    profile: Args.string({ required: true, description: 'name of the profile', ignoreStdin: true }),
  };
  static override flags = profileFlags;

  async run(): Promise<EditedProfile & { readonly deleted_keys: readonly string[] }> {
    const { args, flags } = await this.parse(ProfileEdit);
    const loaded = await this.load(flags);
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const given = await readFlags(flags, { registry, loaded }, process.stdin);
    const { directories } = this;
    const note = (...lines: readonly string[]): void => this.note(...lines);
    const settings = { loaded, registry, environment: process.env, directories, mayAsk: !flags.yes, note };
    const test = flags['no-test'] ? 'skip' : flags.yes ? 'keep' : 'stop';
    const edited = await withWizard(settings, (wizard) =>
      editProfile(args.profile, given, wizard, { sources: this.sources(flags.config), test }),
    );
    this.log(outcomeOf(args.profile, edited));
    const entries = flags.yes ? edited.unused_keys : await chosenEntries(edited.unused_keys);
    await deleteEntries(entries, this.sources(flags.config));
    const kept = edited.unused_keys.filter((entry) => !entries.includes(entry));
    this.note(
      ...entries.map((entry) => `Deleted the key "${entry}", which no profile uses any more.`),
      ...kept.map((entry) => `The key "${entry}" is still in the keyring, and no profile uses it; --yes deletes it.`),
    );
    return { ...edited, deleted_keys: entries };
  }
}

function outcomeOf(name: string, { changed, files, stored_key: stored }: EditedProfile): string {
  if (files.length > 0) return `Profile "${name}" has changed in ${files.join(', ')}: ${changed.join(', ')}.`;
  return stored === null
    ? `Profile "${name}" is as it was.`
    : `The key of profile "${name}" is replaced: "${stored}" in the keyring.`;
}

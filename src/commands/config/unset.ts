import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { changeKey, printable } from '../../config/index.ts';
import { ClaudexCommand } from '../../terminal/index.ts';

/** What `claudex config unset --json` prints. */
interface UnsetKey {
  readonly key: string;
  readonly file: string;
  readonly changed: boolean;
}

export default class ConfigUnset extends ClaudexCommand {
  static override summary = 'Take one value out of the configuration';
  static override description =
    'Removes a key from the file that owns it; what the layers below say counts again. Everything else in the file stays as it is.';
  static override examples = [
    '<%= config.bin %> config unset log_level',
    '<%= config.bin %> config unset profiles.grok.max_tokens --global',
  ];
  static override enableJsonFlag = true;
  static override args = {
    key: Args.string({ required: true, description: 'the key, with dots', ignoreStdin: true }),
  };
  static override flags = {
    global: Flags.boolean({ description: 'remove it from the global file', exclusive: ['local'] }),
    local: Flags.boolean({ description: 'remove it from the project file' }),
  };

  async run(): Promise<UnsetKey> {
    const { args, flags } = await this.parse(ConfigUnset);
    const choice = flags.global ? 'global' : flags.local ? 'local' : undefined;
    const change = { key: args.key, value: undefined, choice, root: this.config.root } as const;
    const { file, changed, notes } = await changeKey(change, this.sources(flags.config));
    this.log(
      changed ? `Removed ${printable(args.key)} from ${file}.` : `${printable(args.key)} is not set in ${file}.`,
    );
    this.note(...notes);
    return { key: args.key, file, changed };
  }
}

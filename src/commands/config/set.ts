import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { text } from 'node:stream/consumers';
import { changeKey, printable } from '../../config/index.ts';
import { usageError } from '../../errors/index.ts';
import { ClaudexCommand } from '../../terminal/index.ts';

/** What `claudex config set --json` prints. */
interface SetKey {
  readonly key: string;
  readonly file: string;
  readonly changed: boolean;
  readonly created: boolean;
  /** The environment variable that wins over the file. */
  readonly overridden_by?: string;
}

export default class ConfigSet extends ClaudexCommand {
  static override summary = 'Change one value of the configuration';
  static override description =
    'Only this value changes in the file; comments, order and layout stay. It goes to the file that --config or CLAUDEX_CONFIG names, else to the trusted project file if that sets the key already, else to the global file, which is made when there is none. Lists and tables are given as JSON. With "-" as the value it is read from stdin, so that a secret does not end up in the history of your shell.';
  static override examples = [
    '<%= config.bin %> config set log_level debug',
    '<%= config.bin %> config set profiles.grok.default_model grok-4 --local',
    `<%= config.bin %> config set profiles.grok.backup_providers '["openai"]'`,
    { command: '<%= config.bin %> config set profiles.grok.api_key - < key.txt', description: 'Keep a secret private' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    key: Args.string({ required: true, description: 'the key, with dots', ignoreStdin: true }),
    value: Args.string({ description: 'the value; "-" reads it from stdin', ignoreStdin: true }),
  };
  static override flags = {
    global: Flags.boolean({ description: 'write to the global file', exclusive: ['local'] }),
    local: Flags.boolean({ description: 'write to the project file; makes claudex.toml when there is none' }),
    stdin: Flags.boolean({ description: 'read the value from stdin' }),
    string: Flags.boolean({ description: 'take the value as text where the key takes other kinds, too' }),
  };

  async run(): Promise<SetKey> {
    const { args, flags } = await this.parse(ConfigSet);
    const value = await valueOf(args.value, flags.stdin);
    const choice = flags.global ? 'global' : flags.local ? 'local' : undefined;
    const change = { key: args.key, value, isText: flags.string, choice, root: this.config.root } as const;
    const { file, changed, created, notes, overriddenBy } = await changeKey(change, this.sources(flags.config));
    this.log(changed ? `Set ${printable(args.key)} in ${file}.` : `${printable(args.key)} is so already in ${file}.`);
    this.note(...notes);
    const result = { key: args.key, file, changed, created };
    return overriddenBy === undefined ? result : { ...result, overridden_by: overriddenBy };
  }
}

async function valueOf(given: string | undefined, isPiped: boolean): Promise<string> {
  if (isPiped && given !== undefined && given !== '-') {
    throw usageError(
      'flags-contradict',
      'the value is given twice, with --stdin and as a word',
      'Leave one of the two out.',
    );
  }
  if (isPiped || given === '-') return (await text(process.stdin)).replace(/\r?\n$/, '');
  if (given !== undefined) return given;
  throw usageError('value-missing', 'the value is missing', 'Give it behind the key, or "-" to read it from stdin.');
}

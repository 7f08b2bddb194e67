import * as Flags from '@oclif/core/flags';
import {
  listConfiguration,
  masked,
  nearest,
  printable,
  printableLines,
  rawFile,
  requireNamedFile,
  searchOrder,
  secretsOfLayers,
  type ListedKey,
} from '../../config/index.ts';
import { failure, usageError } from '../../errors/index.ts';
import { ClaudexCommand, confirm, tableFor } from '../../terminal/index.ts';

/** Where the value of a key comes from, as `--origin --json` prints it. */
type ListedOrigin = Omit<ListedKey, 'path' | 'key' | 'provenance'> & ListedKey['provenance'];

export default class ConfigShow extends ClaudexCommand {
  static override summary = 'Show the configuration as it counts here, and where each value comes from';
  static override description =
    'Everything is merged: defaults, the global file, the project file and the environment. Secrets are masked. With --raw the file itself is printed; its secrets are shown only on a terminal, after a question.';
  static override aliases = ['config'];
  static override examples = [
    '<%= config.bin %> config show',
    { command: '<%= config.bin %> config show --json', description: 'The merged configuration for scripts' },
    { command: '<%= config.bin %> config show --raw', description: 'The file with its comments' },
  ];
  static override enableJsonFlag = true;
  // What stands behind "config" is a word that was meant as a command.
  static override strict = false;
  static override flags = {
    raw: Flags.boolean({ description: 'print the file instead of what is merged', exclusive: ['origin'] }),
    origin: Flags.boolean({
      description: 'with --json: for each key its value, where it comes from and what it overrides',
    }),
  };

  async run(): Promise<object> {
    const { argv, flags } = await this.parse(ConfigShow);
    if (argv.length > 0) throw this.#unknown(String(argv[0]));
    if (flags.raw) return this.#raw(flags.config);
    const loaded = await this.load(flags);
    const listed = listConfiguration(loaded, process.env);
    const columns = [
      { title: 'KEY' },
      { title: 'VALUE', cut: 'end' as const },
      { title: 'FROM', cut: 'start' as const },
    ];
    const rows = listed.map(({ key, value, provenance }) => [
      printable(key),
      printable(JSON.stringify(value)),
      printable(provenance?.where ?? 'default'),
    ]);
    for (const line of tableFor(process.stdout, columns, rows)) this.log(line);
    if (flags.origin) return Object.fromEntries(listed.map(withOrigin));
    return masked(loaded.values, secretsOfLayers(loaded, process.env));
  }

  async #raw(configFile: string | undefined): Promise<{ file: string; text: string }> {
    const sources = this.sources(configFile);
    await requireNamedFile(sources);
    const files = await searchOrder(sources);
    const active = files.find((searched) => searched.active);
    if (active === undefined)
      throw failure(
        'config-not-found',
        'there is no configuration file yet',
        '"claudex config path" says where one is looked for.',
      );
    const { file, text, masked: safe } = await rawFile(active.file);
    this.note(`${file}:`);
    const mayBeAsked = process.stdout.isTTY && !this.jsonEnabled() && safe !== text;
    const clear = mayBeAsked && (await this.#wantsSecretsOf(file));
    const shown = clear ? text : safe;
    this.log(process.stdout.isTTY ? printableLines(shown.trimEnd()) : shown.trimEnd());
    return { file, text: safe };
  }

  #unknown(word: string): Error {
    const commands = this.config.commandIDs.filter((id) => id.startsWith('config:')).map((id) => id.slice(7));
    const meant = nearest(word, commands);
    const help = '"claudex config --help" shows what there is.';
    return usageError(
      'usage',
      `"claudex config" knows no "${printable(word)}"`,
      meant === undefined ? help : `Did you mean "claudex config ${meant}"? ${help}`,
    );
  }

  /** Only a person at a terminal can want that. */
  async #wantsSecretsOf(file: string): Promise<boolean> {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
    return confirm({ question: `Print ${file} with its secrets?`, remedy: 'Look at it with an editor.' });
  }
}

function withOrigin({ key, value, provenance }: ListedKey): [string, ListedOrigin] {
  return [key, { ...(provenance ?? { layer: 'defaults', overrides: [] }), value }];
}

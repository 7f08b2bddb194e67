import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { exportedText, masked, printableLines, secretsOfLayers } from '../../config/index.ts';
import { failure, usageError } from '../../errors/index.ts';
import { writeExportedFile } from '../../state/index.ts';
import { ClaudexCommand, confirm } from '../../terminal/index.ts';

/** What `claudex config export --json` prints: the file it wrote, or the configuration itself. */
type ExportResult = { readonly file: string } | object;

export default class ConfigExport extends ClaudexCommand {
  static override summary = 'Print or save the merged configuration as one file';
  static override description =
    'What is exported loads again with --config. Secrets are masked, unless they are asked for with --secrets and go to a file, which only you can read.';
  static override examples = [
    '<%= config.bin %> config export --format toml',
    { command: '<%= config.bin %> config export --secrets -o claudex.json', description: 'A copy for another machine' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    format: Flags.option({ options: ['json', 'toml', 'yaml'] as const, default: 'json' as const })({
      description: 'how it is written',
    }),
    output: Flags.string({ char: 'o', description: 'write to this file', helpValue: 'FILE' }),
    secrets: Flags.boolean({ description: 'with -o: write the secrets, too' }),
    force: Flags.boolean({ char: 'f', description: 'replace the file without asking' }),
  };

  async run(): Promise<ExportResult> {
    const { flags } = await this.parse(ConfigExport);
    if (flags.secrets && flags.output === undefined)
      throw usageError('secrets-need-a-file', '--secrets is for a file only', 'Name it with "-o FILE".');
    const loaded = await this.load(flags);
    const values = flags.secrets ? loaded.values : masked(loaded.values, secretsOfLayers(loaded, process.env));
    const text = await exportedText(values, flags.format);
    if (flags.output !== undefined) return this.#save(resolve(this.workingFolder, flags.output), text, flags.force);
    this.log((process.stdout.isTTY ? printableLines(text) : text).trimEnd());
    return values;
  }

  async #save(file: string, text: string, force: boolean): Promise<{ file: string }> {
    if (!(await writeExportedFile(file, text, force))) {
      const question = `${file} exists. Replace it?`;
      const accepted = await confirm({ question, remedy: 'Add --force, or name another file.' });
      if (!accepted) throw failure('file-exists', `${file} exists and was left as it is`, 'Name another file.');
      await writeExportedFile(file, text, true);
    }
    this.log(`Exported to ${file}.`);
    return { file };
  }
}

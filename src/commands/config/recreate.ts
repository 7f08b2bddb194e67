import * as Flags from '@oclif/core/flags';
import { recreateFile, requireNamedFile, type RecreatedFile } from '../../config/index.ts';
import { failure } from '../../errors/index.ts';
import { ClaudexCommand, confirm } from '../../terminal/index.ts';

export default class ConfigRecreate extends ClaudexCommand {
  static override summary = 'Write your configuration file anew from the template, with your settings kept';
  static override description =
    'It is the file that --config or CLAUDEX_CONFIG names, else the global one. Profiles, aliases and everything else that the file sets stay in force. Your comments stay in a copy beside it, whose name ends in the time.';
  static override examples = ['<%= config.bin %> config recreate', '<%= config.bin %> config recreate --force'];
  static override enableJsonFlag = true;
  static override flags = {
    force: Flags.boolean({ char: 'f', description: 'do it without asking' }),
  };

  async run(): Promise<RecreatedFile> {
    const { flags } = await this.parse(ConfigRecreate);
    const sources = this.sources(flags.config);
    // Nobody is asked about a file that is not there.
    await requireNamedFile(sources);
    if (!flags.force) await this.#ask();
    const recreated = await recreateFile(sources, this.config.root, new Date());
    const { file, backup } = recreated;
    this.log(backup === undefined ? `Made ${file}.` : `Wrote ${file} anew. What it was is in ${backup}.`);
    return recreated;
  }

  async #ask(): Promise<void> {
    const accepted = await confirm({
      question: 'Write the configuration file anew, with your settings kept?',
      remedy: 'Run "claudex config recreate --force".',
    });
    if (!accepted) throw failure('recreate-declined', 'nothing was written');
  }
}

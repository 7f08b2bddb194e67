import * as Flags from '@oclif/core/flags';
import { createProjectFile, requireNamedFile } from '../../config/index.ts';
import { ClaudexCommand } from '../../terminal/index.ts';

export default class ConfigInit extends ClaudexCommand {
  static override summary = 'Make a commented configuration file for the project in this folder';
  static override description =
    'Everything in the new file is switched off, so nothing changes until you edit it. It is trusted as it is; after you have edited it, "claudex trust" accepts your changes.';
  static override examples = [
    '<%= config.bin %> config init',
    { command: '<%= config.bin %> config init --yaml', description: 'Make claudex.yaml' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    yaml: Flags.boolean({ description: 'make claudex.yaml instead of claudex.toml' }),
  };

  async run(): Promise<{ file: string }> {
    const { flags } = await this.parse(ConfigInit);
    // It has no say here, but whoever names one that is not there made a mistake.
    await requireNamedFile(this.sources(flags.config));
    const place = { folder: this.workingFolder, stateFolder: this.directories.state, root: this.config.root };
    const file = await createProjectFile(place, flags.yaml ? 'yaml' : 'toml');
    this.log(`Made ${file}. "claudex config edit" opens it.`);
    return { file };
  }
}

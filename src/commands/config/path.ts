import { relative } from 'node:path';
import { printable, searchOrder, type SearchedFile } from '../../config/index.ts';
import { ClaudexCommand } from '../../terminal/index.ts';

export default class ConfigPath extends ClaudexCommand {
  static override summary = 'Show where configuration files are looked for';
  static override description =
    'Lists the places in the order in which they win, of the ten folders above this one only those with a file; --json lists all. Works with broken files, too: nothing is parsed.';
  static override examples = ['<%= config.bin %> config path', '<%= config.bin %> config path --json'];
  static override enableJsonFlag = true;

  async run(): Promise<{ active: string[]; files: SearchedFile[] }> {
    const { flags } = await this.parse(ConfigPath);
    const files = await searchOrder(this.sources(flags.config));
    for (const searched of files.filter(isWorthALine(this.workingFolder)))
      this.log(`${searched.exists ? '+' : '-'} ${printable(searched.file)}${remarkOn(searched)}`);
    return { active: files.filter(({ active }) => active).map(({ file }) => file), files };
  }
}

/** In the folders above only what exists is listed; there are ten of them. */
function isWorthALine(folder: string): (searched: SearchedFile) => boolean {
  return ({ file, layer, exists }) => layer !== 'project' || exists || !relative(folder, file).startsWith('..');
}

function remarkOn({ layer, exists, active, trusted }: SearchedFile): string {
  const words = { file: 'the one you named', project: 'project', global: 'global' };
  if (!exists) return layer === 'file' ? '  (missing)' : '';
  if (!active) return '  (not used: another one comes first)';
  return `  (${words[layer]}${trusted === false ? ', not trusted' : ''}, used)`;
}

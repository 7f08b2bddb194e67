import { relative } from 'node:path';
import { printable, requireNamedFile, searchOrder, type SearchedFile } from '../../config/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { ClaudexCommand } from '../../terminal/index.ts';

/** What `claudex config path --json` prints. `error` is there when the named file is missing. */
interface SearchedPlaces {
  readonly active: readonly string[];
  readonly files: readonly SearchedFile[];
  readonly error?: { readonly code: string; readonly message: string; readonly remedy?: string | undefined };
}

export default class ConfigPath extends ClaudexCommand {
  static override summary = 'Show where configuration files are looked for';
  static override description =
    'Lists the places in the order in which they win, of the ten folders above this one only those with a file; --json lists all. Works with broken files, too: nothing is parsed. A file that you name and that does not exist is listed, and the exit code is 2.';
  static override examples = ['<%= config.bin %> config path', '<%= config.bin %> config path --json'];
  static override enableJsonFlag = true;

  async run(): Promise<SearchedPlaces> {
    const { flags } = await this.parse(ConfigPath);
    const sources = this.sources(flags.config);
    const files = await searchOrder(sources);
    for (const searched of files.filter(isWorthALine(this.workingFolder)))
      this.log(`${searched.exists ? '+' : '-'} ${printable(searched.file)}${remarkOn(searched)}`);
    const places = { active: files.filter(({ active }) => active).map(({ file }) => file), files };
    try {
      // The list is what helps to correct the path, so it comes first.
      await requireNamedFile(sources);
      return places;
    } catch (error) {
      if (!this.jsonEnabled() || !isClaudexError(error)) throw error;
      process.exitCode = error.exitCode;
      return { ...places, ...this.toErrorJson(error) };
    }
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

import { join } from 'node:path';
import { isClaudexError } from '../../errors/index.ts';
import { makePrivateFolder, writeExportedFile } from '../../state/index.ts';
import { findGlobalFile } from '../discover.ts';
import { exampleText } from '../inspect/example-text.ts';

/** What became of the first global file. */
export interface CreatedFile {
  readonly file: string;
  /** Why it could not be made; everything works without it. */
  readonly problem?: string;
}

/**
 * Makes the commented global file in which everything is switched off. Of several processes that try at once one makes it;
 * undefined for the others, and where there is one. `root` is the folder Claudex is installed in.
 */
export async function createGlobalFile(configFolder: string, root: string): Promise<CreatedFile | undefined> {
  const file = join(configFolder, 'config.toml');
  try {
    await makePrivateFolder(configFolder);
    // A TOML file would win over one in YAML that is there.
    if ((await findGlobalFile(configFolder)) !== undefined) return undefined;
    return (await writeExportedFile(file, await exampleText(root, 'toml', 'user'), false)) ? { file } : undefined;
  } catch (error) {
    if (!isClaudexError(error)) throw error;
    return { file, problem: error.message };
  }
}

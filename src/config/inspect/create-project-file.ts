import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { failure } from '../../errors/index.ts';
import { writeExportedFile } from '../../state/index.ts';
import { projectNames } from '../discover.ts';
import { recordTrust } from '../trust.ts';
import { exampleText, type FileFormat } from './example-text.ts';

/** Where a project's file is made, and what from. */
export interface ProjectFilePlace {
  readonly folder: string;
  readonly stateFolder: string;
  /** The folder Claudex is installed in. */
  readonly root: string;
}

/**
 * Writes a commented project file in which everything is switched off, and trusts it: nobody else has written it. Throws
 * a failure, and writes nothing, when the folder has a project file already. Returns the file.
 */
export async function createProjectFile(place: ProjectFilePlace, format: FileFormat): Promise<string> {
  const { folder, stateFolder, root } = place;
  const existing = projectNames.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (existing !== undefined) throw alreadyThere(existing);
  const file = join(folder, `claudex.${format}`);
  const text = await exampleText(root, format, 'project');
  if (!(await writeExportedFile(file, text, false))) throw alreadyThere(file);
  await recordTrust(stateFolder, file, text);
  return file;
}

function alreadyThere(file: string): Error {
  return failure('file-exists', `${file} exists`, '"claudex config edit" opens it; remove it to begin anew.');
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How a new configuration file is written. */
export type FileFormat = 'toml' | 'yaml';

/** Where a template says that the schema is, seen from itself. */
const SCHEMA_BESIDE = './schemas/claudex.schema.json';

/**
 * The text of a new configuration file: every key with its meaning and its default, all of them switched off. `root` is
 * the folder Claudex is installed in. In a file for this user only, editors find the schema there; one that a project
 * hands on names no place of this machine.
 */
export async function exampleText(root: string, format: FileFormat, reader: 'user' | 'project'): Promise<string> {
  const templates = join(root, 'templates');
  const text = await readFile(join(templates, `config.example.${format}`), 'utf8');
  if (reader === 'project') return text.slice(text.indexOf('\n') + 1);
  return text.replace(SCHEMA_BESIDE, () => pathToFileURL(join(templates, SCHEMA_BESIDE)).href);
}

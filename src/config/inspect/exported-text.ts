import { usageError } from '../../errors/index.ts';
import { isTable, printPath, type Path } from '../tables.ts';

/** How a configuration can be exported. */
export type ExportFormat = 'json' | 'toml' | 'yaml';

/** Values as a configuration file that says the same. Throws a usage error for what the format cannot say. */
export async function exportedText(values: object, format: ExportFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(values, undefined, 2)}\n`;
  if (format === 'yaml')
    return (await import('yaml')).stringify(values, { lineWidth: 0, aliasDuplicateObjects: false });
  const nothing = pathToNull(values, []);
  if (nothing !== undefined)
    throw usageError(
      'not-in-toml',
      `TOML has no word for the null in ${printPath(nothing, values)}`,
      'Use "--format json" or "--format yaml".',
    );
  return (await import('smol-toml')).stringify(values);
}

function pathToNull(value: unknown, path: Path): Path | undefined {
  if (value === null) return path;
  if (!isTable(value) && !Array.isArray(value)) return undefined;
  for (const [key, below] of Object.entries(value)) {
    const found = pathToNull(below, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

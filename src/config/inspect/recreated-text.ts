import { isTable, type Table } from '../tables.ts';
import { exampleText, type FileFormat } from './example-text.ts';
import { exportedText } from './exported-text.ts';

const TITLE = '# Your settings\n';

/**
 * The text of a configuration file made anew: the template with these values in force. In TOML what stands below a
 * [table] belongs to it, so single values come before the first table of the template, and tables after the last.
 */
export async function recreatedText(root: string, format: FileFormat, values: Table): Promise<string> {
  const template = await exampleText(root, format, 'user');
  if (Object.keys(values).length === 0) return template;
  if (format === 'yaml') {
    const start = template.indexOf('\n\n') + 2;
    return `${template.slice(0, start)}${TITLE}${await exportedText(values, 'yaml')}\n${template.slice(start)}`;
  }
  const { single, tables } = parted(values);
  const end = template.indexOf('\n\n', template.indexOf('\n\n') + 2) + 1;
  const first = Object.keys(single).length === 0 ? '' : `\n${TITLE}${await exportedText(single, 'toml')}`;
  const last = Object.keys(tables).length === 0 ? '' : `\n${TITLE}${await exportedText(tables, 'toml')}`;
  return `${template.slice(0, end)}${first}${template.slice(end)}${last}`;
}

function parted(values: Table): { single: Table; tables: Table } {
  const entries = Object.entries(values);
  const isOfTables = ([, value]: [string, unknown]): boolean =>
    isTable(value) || (Array.isArray(value) && value.some((entry) => isTable(entry)));
  return {
    single: Object.fromEntries(entries.filter((entry) => !isOfTables(entry))),
    tables: Object.fromEntries(entries.filter(isOfTables)),
  };
}

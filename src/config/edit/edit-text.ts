import { extname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { failure } from '../../errors/index.ts';
import { withoutByteOrderMark, type ConfigurationDocument } from '../document.ts';
import { emptyTable, isTable, valueAt, type Table } from '../tables.ts';
import { asCounted, changedValues } from './changed-values.ts';
import type { ConfigurationEdit } from './edits.ts';
import { byPlace, nextStep, type Step } from './steps.ts';

/** More steps than any edit of a file of at most 1 MiB takes. */
const MOST_STEPS = 1_000;

/** What edits make of a text. Throws, and makes nothing, where the text would mean or lose anything else. */
export async function editText(file: string, text: string, edits: readonly ConfigurationEdit[]): Promise<string> {
  const format = await formatOf(file);
  const mark = text.startsWith('\u{feff}') ? '\u{feff}' : '';
  let source = withoutByteOrderMark(text);
  let values = format.parse(source);
  let steps = 0;
  for (const wanted of edits) {
    const edit = byPlace(values, wanted);
    // Taking something out is done in one step; after it the same place in a list would be another entry.
    const more = (): Step | undefined => (edit.op === 'set' ? nextStep(values, edit) : undefined);
    for (let step = nextStep(values, edit); step !== undefined; step = more()) {
      steps += 1;
      const changed = format.apply(source, values, step);
      const parsed = attempt(() => format.parse(changed));
      const isRight =
        parsed !== undefined && isDeepStrictEqual(asCounted(parsed), asCounted(changedValues(values, step)));
      if (!isRight || steps > MOST_STEPS || !keepsComments(format, values, source, changed, step))
        throw notEditable(file);
      source = changed;
      values = parsed;
    }
  }
  return mark + source;
}

/** Parses a text as the file it is to be in. Throws a `SyntaxProblem`. */
export async function documentOf(file: string, text: string): Promise<ConfigurationDocument> {
  return isYaml(file) ? (await import('../yaml.ts')).parseYaml(text) : (await import('../toml.ts')).parseToml(text);
}

function isYaml(file: string): boolean {
  return ['.yaml', '.yml', '.json'].includes(extname(file).toLowerCase());
}

interface Format {
  readonly parse: (text: string) => Table;
  readonly apply: (text: string, values: Table, step: Step) => string;
  readonly comments: (text: string) => string[];
}

async function formatOf(file: string): Promise<Format> {
  if (!isYaml(file)) {
    const [{ parseToml }, { editToml }, { tomlComments }] = await Promise.all([
      import('../toml.ts'),
      import('./edit-toml.ts'),
      import('./toml-statements.ts'),
    ]);
    return { parse: (text) => tableOf(parseToml(text).values), apply: editToml, comments: tomlComments };
  }
  const [{ parseYaml }, { editYaml, yamlComments }] = await Promise.all([
    import('../yaml.ts'),
    import('./edit-yaml.ts'),
  ]);
  const isJson = extname(file).toLowerCase() === '.json';
  return {
    parse: (text) => tableOf(parseYaml(text).values),
    apply: (text, _values, step) => editYaml(text, step, isJson),
    comments: yamlComments,
  };
}

function tableOf(values: unknown): Table {
  return isTable(values) ? values : emptyTable();
}

/** Comments go only with what is removed, or with the inside of what is replaced as a whole. */
function keepsComments(format: Format, values: Table, text: string, changed: string, step: Step): boolean {
  if (step.op === 'remove' || (step.op === 'replace' && typeof valueAt(values, step.path) === 'object')) return true;
  const after = format.comments(changed);
  let from = 0;
  return format.comments(text).every((comment) => {
    const at = after.indexOf(comment, from);
    from = at + 1;
    return at !== -1;
  });
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function notEditable(file: string): Error {
  return failure(
    'config-not-editable',
    `${file} is written in a way that cannot be changed without changing more than that`,
    'Nothing was written. Edit the file yourself, for example with "claudex config edit".',
  );
}

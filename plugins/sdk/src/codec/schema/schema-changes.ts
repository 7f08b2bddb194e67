import type { Json, JsonObject } from '../../index.ts';
import { wordsOf } from './constraint-words.ts';

const START = 'Constraints: ';

/** Most characters that are added to the description of one schema. */
const MOST_ADDED = 400;
const MOST_WORDS = MOST_ADDED - '. '.length - START.length - '.'.length;

/** Collects what is changed in the schemas of one tool. */
export class SchemaChanges {
  readonly #entries = new Set<string>();

  /** Each change once, e.g. `properties.path: pattern`; the root is called `root`. */
  get entries(): string[] {
    return [...this.#entries];
  }

  /** The keyword of the schema at this path was changed or left out. */
  note(path: string, keyword: string): void {
    this.#entries.add(`${path === '' ? 'root' : path}: ${keyword}`);
  }
}

/** What is changed in one schema. Constraints that are cut are put into words, so that the model still knows them. */
export class SchemaNotes {
  readonly path: string;
  /** How many schemas are around this one; 0 at the root. */
  readonly depth: number;
  readonly #changes: SchemaChanges;
  readonly #words = new Set<string>();

  constructor(changes: SchemaChanges, path = '', depth = 0) {
    this.#changes = changes;
    this.path = path;
    this.depth = depth;
  }

  /** A keyword is changed, and nothing need be said. */
  changed(keyword: string): void {
    this.#changes.note(this.path, keyword);
  }

  /** A keyword is left out; what it asked for goes into the description. */
  cut(keyword: string, value: Json | undefined): void {
    this.changed(keyword);
    const words = value === undefined ? undefined : wordsOf(keyword, value);
    if (words !== undefined) this.#words.add(words);
  }

  /** Something else the model should know. */
  say(words: string): void {
    this.#words.add(words);
  }

  /** Puts what was cut into the description, as far as there is room; into a sentence of ours where there is one. */
  describe(schema: JsonObject): JsonObject {
    if (this.#words.size === 0) return schema;
    const { description } = schema;
    const before = typeof description === 'string' ? description.trimEnd() : '';
    const start = ownSentence(before);
    const words = this.#fittingWords(before.slice(start + START.length, -1));
    if (words === '') return schema;
    const rest = before.slice(0, start).trimEnd();
    return { ...schema, description: `${rest}${gapAfter(rest)}${START}${words}.` };
  }

  #fittingWords(earlier: string): string {
    let words = earlier;
    for (const more of this.#words) {
      const longer = words === '' ? more : `${words}; ${more}`;
      if (longer.length <= MOST_WORDS) words = longer;
    }
    return words === earlier ? '' : words;
  }
}

/** Where a sentence of ours begins that ends the description; its end where there is none. */
function ownSentence(description: string): number {
  const start = description.lastIndexOf(START);
  const isOurs = start >= 0 && description.endsWith('.') && description.length - start <= MOST_ADDED;
  return isOurs ? start : description.length;
}

function gapAfter(text: string): string {
  if (text === '') return '';
  return /[.!?:;]$/.test(text) ? ' ' : '. ';
}

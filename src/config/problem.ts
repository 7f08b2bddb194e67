import { usageError } from '../errors/index.ts';
import type { ClaudexError } from '../errors/index.ts';

/** One thing that is wrong in a file or in the environment. */
export interface Problem {
  /** `file:line:column`, `file` or the name of an environment variable. */
  readonly where: string;
  /** The key it is about, as people write it; absent when it is about the whole file. */
  readonly path?: string;
  readonly message: string;
}

/** Nobody reads more than this at once. */
const MOST_SHOWN = 20;

/** Everything that is wrong, of which only so much is described that a hostile file costs neither time nor screens. */
export class Problems {
  readonly #described: Problem[] = [];
  readonly #most: number;
  #count = 0;

  /** `most` of them are described. */
  constructor(most: number = MOST_SHOWN) {
    this.#most = most;
  }

  get count(): number {
    return this.#count;
  }

  /** Those that are described, in the order in which they were found. */
  get described(): readonly Problem[] {
    return this.#described;
  }

  /** Whether something is known to be wrong with this key, given as it is printed. */
  isAbout(path: string): boolean {
    return this.#described.some((problem) => problem.path === path);
  }

  /** Adds one thing. It is described only if there is room: finding the right words takes time. */
  add(describe: () => Problem): void {
    this.#count += 1;
    if (this.#described.length < this.#most) this.#described.push(describe());
  }

  /** All of it as one error, so that a user sees everything at once. Exit code 2. */
  toError(): ClaudexError {
    const lines = this.#described.map(printProblem);
    const [first] = lines;
    if (this.#count === 1 && first !== undefined) {
      return usageError(CODE, `invalid configuration: ${first}`, 'Correct it and run the command again.');
    }
    if (this.#count > lines.length) lines.push(`and ${this.#count - lines.length} more`);
    const list = lines.map((line) => `  ${line}`).join('\n');
    const message = `invalid configuration, ${this.#count} problems:\n${list}`;
    return usageError(CODE, message, 'Correct them and run the command again.');
  }
}

const CODE = 'config-invalid';

/** A list of words for one line, cut off where nobody would read on. */
export function shortList(words: readonly string[]): string {
  const more = words.length - MOST_SHOWN;
  return more > 0 ? `${words.slice(0, MOST_SHOWN).join(', ')} and ${more} more` : words.join(', ');
}

function printProblem({ where, path, message }: Problem): string {
  return path === undefined || path === '' ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
}

/** Everything a set source may touch. */
export interface SetSourceIo {
  /** Runs git with a safe configuration and no prompts. */
  git(args: readonly string[], options: { cwd: string }): Promise<{ code: number; stdout: string; stderr: string }>;
  readonly signal: AbortSignal;
}

/** A place configuration sets come from. Defined so that plugins can be written against it; this version never asks for one. */
export interface SetSource {
  readonly specVersion: 1;
  /** Lower-case kebab, e.g. `git`. */
  readonly id: string;
  readonly title: string;
  /** Whether this source understands what the user typed. */
  matches(spec: string): boolean;
  /** Puts the set's files into the empty folder `into` and returns the exact revision fetched. */
  fetch(spec: string, into: string, io: SetSourceIo): Promise<{ revision: string }>;
}

/** Returns its argument: a place for the type checker to look. */
export function defineSetSource(source: SetSource): SetSource {
  return source;
}

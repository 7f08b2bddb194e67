import type { Workspace } from '../support/workspace.ts';

/** A configuration that must be refused, and how. */
export interface BrokenCase {
  readonly title: string;
  /** The file's name, whose end says its format. */
  readonly file: string;
  /** What stands in it, or how it is made; returns another path than that of `file` where that is the point. */
  readonly content: string | Uint8Array | ((workspace: Workspace) => string);
  /** Fragments of the message, in any order. One that begins with ":" stands right behind the file's name: its place. */
  readonly says: readonly string[];
  /** What must not be in the message. */
  readonly never?: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  /** Default 2. */
  readonly exitCode?: 1 | 2;
  /** Only where the system has such files. */
  readonly unixOnly?: true;
  /** Also run through the real program. */
  readonly real?: true;
}

/** A secret that no message may quote. */
export const SECRET = 'sk-live-4f9d8a7b6c5e4d3c';

/** A complete profile in TOML, with more lines, the first of which is line 5. */
export function tomlProfile(...lines: readonly string[]): string {
  return ['[[profiles]]', 'name = "p"', 'base_url = "https://a.example"', 'default_model = "m"', ...lines, ''].join(
    '\n',
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/source-files.ts';

/** A fenced block of a document. */
export interface CodeBlock {
  readonly language: string;
  /** The rest of the fence's first line, by which the documents name the file a block belongs to. */
  readonly name: string;
  readonly text: string;
}

const FENCE = /^```(\w*) *([^\n]*)\n([\s\S]*?)^```$/gm;

/** Reads a document by its path from the root of the checkout. */
export function readDocument(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** All fenced blocks of a document in their order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(FENCE)].map(([, language = '', name = '', text = '']) => ({ language, name, text }));
}

/** The text below a second-level heading up to the next one. Throws when there is no such heading. */
export function section(markdown: string, heading: string): string {
  const parts = markdown.split(/^## /m);
  const found = parts.find((part) => part.split('\n', 1)[0] === heading);
  if (found === undefined) throw new Error(`there is no heading "## ${heading}"`);
  return found;
}

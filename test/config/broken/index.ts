import type { BrokenCase } from './broken-case.ts';
import { FILES } from './files.ts';
import { KEYS } from './keys.ts';
import { SYNTAX } from './syntax.ts';
import { VALUES } from './values.ts';

/** Configurations that must be refused, and how. */
export const BROKEN: readonly BrokenCase[] = [...SYNTAX, ...VALUES, ...KEYS, ...FILES];

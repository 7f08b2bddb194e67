import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where things that were fetched are kept; ignored by git. */
export const CACHE = join(ROOT, '.cache');

export const isWindows = process.platform === 'win32';

import { dirname, join } from 'node:path';
import { ROOT } from '../../support/source-files.ts';

/** Where the example files of the original lie, for who has them: they are not ours to pass on. */
export const ORIGINAL_FOLDER =
  process.env['CLAUDEX_ORIGINAL_EXAMPLES'] ?? join(dirname(ROOT), 'shared', 'lab', 'upstream');

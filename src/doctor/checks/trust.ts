import { findProjectFile, reviewProjectFile } from '../../config/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** How many keys are named. */
const NAMED = 5;

/** Whether the project file of this folder counts in full. */
export async function checkTrust({ facts, environment }: Installation): Promise<Diagnosis[]> {
  const { configFile, workingFolder, stateFolder } = facts.sources;
  if (configFile !== undefined || environment['CLAUDEX_CONFIG']) return [];
  const file = await findProjectFile(workingFolder);
  if (file === undefined) return [];
  let review;
  try {
    review = await reviewProjectFile(stateFolder, file);
  } catch (error) {
    // What is wrong with it, the check of the configuration says.
    if (isClaudexError(error)) return [];
    throw error;
  }
  const { isTrusted, takesEffect } = review;
  if (isTrusted) return [ok('trust', 'The project file is trusted', file)];
  if (takesEffect.length === 0) return [ok('trust', 'The project file needs no trust', file)];
  const keys = takesEffect.map((line) => line.split(' = ', 1)[0] ?? '');
  const more = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
  return [
    warning('trust', 'The project file is not trusted', {
      detail: `${file}; ignored in it: ${keys.slice(0, NAMED).join(', ')}${more}.`,
      remedy: '"claudex trust" shows what it would do and asks.',
    }),
  ];
}

import { suspectVariables } from '../../config/index.ts';
import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** Whether a variable was meant as configuration and is none. */
export function checkVariables({ environment }: Installation): Diagnosis[] {
  const suspects = suspectVariables(environment);
  if (suspects.length === 0) return [ok('variables', 'No variable CLAUDEX_… is misspelt')];
  return suspects.map(({ name, meant }) =>
    warning('variables', `${name} changes nothing`, {
      detail: 'It is near to a key of the configuration, but not one.',
      remedy: `Set ${meant} instead, or unset it.`,
    }),
  );
}

import { usageError } from '../../errors/index.ts';
import { profileValueProblem } from '../profile-problem.ts';
import { profileReferences } from '../references.ts';
import type { Source } from '../source.ts';
import { printPath, type JsonLike, type Path } from '../tables.ts';
import { profileIndex } from './profile-edits.ts';

/**
 * Throws a usage error when a profile cannot have a new name, or when others would go on with the old one: settings that name
 * the profile, or another file with a part of it. A change of one key must not change the rest, and half a renaming helps
 * nobody.
 */
export function refuseHalfRenaming(path: Path, value: JsonLike | undefined, sources: readonly Source[]): void {
  const [list, name, key, ...rest] = path;
  if (list !== 'profiles' || key !== 'name' || rest.length > 0 || typeof name !== 'string' || value === name) return;
  const problem = typeof value === 'string' ? profileValueProblem('name', value) : undefined;
  if (problem !== undefined)
    throw usageError('value-invalid', `${printPath(path)}: ${problem}`, 'Nothing was written. Give another name.');
  const naming = sources.flatMap(({ layer, locate }) =>
    profileReferences(layer.values)
      .filter((reference) => reference.name === name)
      .map((reference) => `${printPath(reference.path, layer.values)} (${locate(reference.path)})`),
  );
  const entries = sources.flatMap(({ layer, locate }) => {
    const place = profileIndex(layer.values, name);
    return place === undefined ? [] : [`${printPath(entryAt(place), layer.values)} (${locate(entryAt(place))})`];
  });
  const others = [...naming, ...(entries.length > 1 ? entries : [])];
  if (others.length === 0) return;
  throw usageError(
    'profile-in-use',
    `profile "${name}" cannot get another name alone, because these go by the old one:\n${others.map((other) => `  ${other}`).join('\n')}`,
    'Nothing was written. Change them together with "claudex config edit", or take the settings out first.',
  );
}

function entryAt(place: number): Path {
  return ['profiles', place];
}

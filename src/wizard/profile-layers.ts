import { profileIndex, valueAt, type LoadedConfiguration, type Table } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/** What one file says about a profile. */
export interface ProfileFile {
  readonly file: string;
  /** The profile's keys as they stand there. */
  readonly values: Table;
}

/**
 * The files that say something about a profile, lowest first; of an untrusted one nothing about profiles counts. Throws a
 * failure when the environment does, too, because that is not ours to change.
 */
export function profileFiles({ layers }: Pick<LoadedConfiguration, 'layers'>, name: string): readonly ProfileFile[] {
  return layers.flatMap(({ file, values }) => {
    const place = profileIndex(values, name);
    if (place === undefined) return [];
    if (file === undefined) throw fromEnvironment(name);
    return [{ file, values: valueAt(values, ['profiles', place]) as Table }];
  });
}

function fromEnvironment(name: string): Error {
  return failure(
    'profile-from-environment',
    `profile "${name}" is set by the variable CLAUDEX_PROFILES`,
    'Change it there.',
  );
}

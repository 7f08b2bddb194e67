import type { Configuration, Profile } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/** The profile that serves requests which name none. Throws a failure when no profile is enabled. */
export function defaultProfile(configuration: Configuration): Profile {
  const named = configuration.profiles.find((profile) => profile.name === configuration.default_profile);
  if (named) return named;
  // Array.sort is stable, so profiles of one priority keep the order of the file.
  const [first] = configuration.profiles.filter((profile) => profile.enabled).sort((a, b) => a.priority - b.priority);
  if (first) return first;
  throw failure(
    'no-default-profile',
    configuration.profiles.length === 0 ? 'no profile is configured yet' : 'no profile is enabled',
    'Add one with "claudex profile add", or set enabled = true in one that is there.',
  );
}

/**
 * Splits `profile/model`, also with `claude-via-` in front, where the first part is a configured profile; otherwise
 * the whole is the model.
 */
export function splitProfileFromModel(
  asked: string,
  configuration: Configuration,
): { profile?: string; model: string } {
  for (const name of [asked, asked.replace(/^claude-via-/, '')]) {
    const slash = name.indexOf('/');
    const profile = name.slice(0, Math.max(slash, 0));
    if (configuration.profiles.some((configured) => configured.name === profile)) {
      return { profile, model: name.slice(slash + 1) };
    }
  }
  return { model: asked };
}

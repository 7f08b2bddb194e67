import { isClaudexError } from '../errors/index.ts';
import { listedId, splitProfileFromModel, type BoundProfile } from '../router/index.ts';
import type { ProfileDirectory, Scope } from './profile-directory.ts';
import { RequestError } from './request-error.ts';
import { findTopLevelFields, readField } from './top-level-fields.ts';

/** What all listed ids begin with. */
const LISTED = listedId('', '').replace(/\/$/, '');

/** The profile that a request is for, and the model it asks of it. */
export interface ChosenProfile {
  readonly bound: BoundProfile;
  /** The model without the profile's name; absent: as the request has it. */
  readonly model: string | undefined;
}

/**
 * What a request to one profile means that names the listed model of another one, as Claude Code does after `/model`.
 * Undefined when it names none, and when that profile cannot be used from here: then the model is resolved as any name of
 * a Claude model is.
 */
export function otherProfile(
  body: Buffer,
  named: BoundProfile,
  scope: Scope,
  profiles: ProfileDirectory,
): ChosenProfile | undefined {
  // Nearly no request has this anywhere in it, and to look is much cheaper than to find its fields.
  if (!body.includes(LISTED)) return undefined;
  const fields = findTopLevelFields(body);
  const asked = fields && readField(body, fields, 'model');
  if (typeof asked !== 'string' || !asked.startsWith(LISTED)) return undefined;
  const { profile, model } = splitProfileFromModel(asked, scope.configuration);
  if (profile === undefined || profile === named.profile.name) return undefined;
  try {
    return { bound: profiles.findUsable(profile, scope), model };
  } catch (error) {
    if (isClaudexError(error) || error instanceof RequestError) return undefined;
    throw error;
  }
}

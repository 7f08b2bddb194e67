import type { ModelSlots } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';
import { isAnthropic, listedId, resolveModel, type ResolvedModel } from './resolve-model.ts';

/** The profile that was asked first, and what it made of the client's model. */
export interface Served {
  readonly bound: BoundProfile;
  readonly resolved: ResolvedModel;
}

const SLOTS = ['haiku', 'sonnet', 'opus', 'fable', 'subagent'] as const;

/**
 * Chooses a backup's model: what `backup_models` of the first profile says, else what the backup makes of the client's
 * name itself, else the slot that the model had in the first profile, else the backup's default.
 */
export function resolveBackupModel(
  asked: string,
  primary: Served,
  backup: BoundProfile,
  aliases: { readonly [alias: string]: string },
): ResolvedModel {
  const { backup_models: chosen } = primary.bound.profile;
  const { name } = backup.profile;
  const explicit = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  if (explicit !== undefined) return { model: explicit, reason: 'backup' };
  const listed = listedId(primary.bound.profile.name, '');
  const own = resolveModel(asked.startsWith(listed) ? asked.slice(listed.length) : asked, backup, aliases);
  // An alias, too, may stand for a model that only the first profile has.
  const isForeign = (own.reason === 'as-given' || own.reason === 'alias') && !isKnown(own.model, backup);
  if (!isForeign) return own;
  return { model: inSameSlot(primary, backup.models), reason: 'backup' };
}

/** Anthropic knows all names of Claude; of others only what they list. */
function isKnown(model: string, backup: BoundProfile): boolean {
  if (isAnthropic(backup) && /^claude\b/i.test(model)) return true;
  if (Object.values(backup.models).includes(model)) return true;
  return backup.knownModels.some(({ id }) => id === model);
}

function inSameSlot({ bound, resolved }: Served, models: ModelSlots): string {
  if (resolved.model === bound.models.default) return models.default;
  const slot = SLOTS.find((name) => bound.models[name] === resolved.model);
  return (slot && models[slot]) ?? models.default;
}

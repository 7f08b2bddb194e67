import type { ModelSlots } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';

/** Why a model was chosen, for the log. */
export type ModelReason = 'alias' | 'named' | 'slot' | 'default' | 'as-given' | 'backup';

/** The model to ask the upstream for. */
export interface ResolvedModel {
  readonly model: string;
  readonly reason: ModelReason;
}

type Family = 'haiku' | 'sonnet' | 'opus' | 'fable';
const FAMILIES: readonly Family[] = ['haiku', 'sonnet', 'opus', 'fable'];

/**
 * Chooses the upstream model for the name a client sent, in the order of the documentation: alias; a model the
 * profile names; for a profile that is not Anthropic's a Claude name goes to its family's slot; else as given.
 */
export function resolveModel(
  asked: string,
  bound: BoundProfile,
  aliases: { readonly [alias: string]: string },
): ResolvedModel {
  const aliased = Object.hasOwn(aliases, asked) ? aliases[asked] : undefined;
  const name = withoutListingPrefix(aliased ?? asked, bound.profile.name);
  const reason = aliased === undefined ? 'named' : 'alias';
  if (name === '') return { model: bound.models.default, reason: 'default' };
  if (Object.values(bound.models).includes(name)) return { model: name, reason };
  if (!isAnthropic(bound)) {
    const family = familyOf(name);
    if (family !== undefined) return slot(bound.models, family);
    if (/^claude\b/i.test(name)) return { model: bound.models.default, reason: 'default' };
  }
  return { model: name, reason: aliased === undefined ? 'as-given' : 'alias' };
}

/** The id under which a profile's model is listed where ids must contain `claude`. */
export function listedId(profile: string, model: string): string {
  return `claude-via-${profile}/${model}`;
}

/** Whether a profile's upstream is Anthropic itself, where Claude names mean what they say. */
export function isAnthropic(bound: BoundProfile): boolean {
  if (bound.provider.id === 'anthropic') return true;
  if (bound.baseUrl === undefined || !URL.canParse(bound.baseUrl)) return false;
  return /(^|\.)(anthropic|claude)\.com$/.test(new URL(bound.baseUrl).hostname);
}

function slot(models: ModelSlots, family: Family): ResolvedModel {
  const model = models[family] ?? (family === 'fable' ? models.opus : undefined);
  return model === undefined ? { model: models.default, reason: 'default' } : { model, reason: 'slot' };
}

function familyOf(name: string): Family | undefined {
  const lower = name.toLowerCase();
  return FAMILIES.find((family) => lower === family || (lower.startsWith('claude') && lower.includes(family)));
}

function withoutListingPrefix(name: string, profile: string): string {
  const prefix = listedId(profile, '');
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

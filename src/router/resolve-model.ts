import type { ModelSlots } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';

/** Why a model was chosen, for the log. */
export type ModelReason = 'alias' | 'named' | 'slot' | 'default' | 'as-given' | 'backup';

/** The model to ask the upstream for. */
export interface ResolvedModel {
  readonly model: string;
  readonly reason: ModelReason;
}

/** With this at the end of a name Claude Code says that it wants the long window. No other vendor knows it. */
const LONG_WINDOW = /\[1m\]$/i;

type Family = 'haiku' | 'sonnet' | 'opus' | 'fable';
const FAMILIES: readonly Family[] = ['haiku', 'sonnet', 'opus', 'fable'];

/**
 * Chooses the upstream model for the name a client sent, in the order of the documentation: alias; a model the
 * profile names; for a profile that is not Anthropic's a Claude name goes to its family's slot; else as given. Only
 * Anthropic is sent a name that ends with `[1m]`.
 */
export function resolveModel(
  asked: string,
  bound: BoundProfile,
  aliases: { readonly [alias: string]: string },
): ResolvedModel {
  const resolved = resolveName(asked, bound, aliases);
  const model = resolved.model.replace(LONG_WINDOW, '');
  return isAnthropic(bound) || model === '' ? resolved : { ...resolved, model };
}

function resolveName(asked: string, bound: BoundProfile, aliases: { readonly [alias: string]: string }): ResolvedModel {
  const aliased = Object.hasOwn(aliases, asked) ? aliases[asked] : undefined;
  const name = withoutListingPrefix(aliased ?? asked, bound.profile.name);
  const reason = aliased === undefined ? 'named' : 'alias';
  if (name === '') return { model: bound.models.default, reason: 'default' };
  if (Object.values(bound.models).includes(name)) return { model: name, reason };
  if (!isAnthropic(bound)) {
    const family = familyOf(name);
    if (family !== undefined && servesClaude(bound, name, family)) return { model: name, reason };
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

/**
 * Whether a provider has this very model of Claude, and the profile uses it for Claude's models: then nobody means the
 * slot. Providers that merely could have it, such as those with deployments, have other models in their slots.
 */
function servesClaude({ models, knownModels }: BoundProfile, name: string, family: Family): boolean {
  const served = slot(models, family).model;
  return /claude/i.test(served) && knownModels.some(({ id }) => id === name);
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

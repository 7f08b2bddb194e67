import { modelWindows, type ModelWindow } from '../../catalogue/index.ts';
import { launchesWithoutProxy, tokenCount, type Profile } from '../../config/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { NEEDED_WINDOW, RECOMMENDED_WINDOW } from '../../local/index.ts';
import { bindProfile, isAnthropic, type BoundProfile } from '../../router/index.ts';
import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const SOURCES: { readonly [source in ModelWindow['source']]: string } = {
  override: 'said by the profile',
  live: 'said by the provider',
  cached: 'said by the provider',
  public: 'from the public list',
  plugin: 'known to Claudex',
};

/** How long prompts the models of each enabled profile take, and whether Claude Code has room in them. */
export async function checkWindows(installation: Installation): Promise<Diagnosis[]> {
  const { profiles } = await installation.values();
  const enabled = profiles.filter((profile) => profile.enabled && !launchesWithoutProxy(profile));
  const bound = await Promise.all(enabled.map((profile) => bind(profile, installation)));
  const { cache } = installation.facts.directories;
  return bound
    .filter((profile) => profile !== undefined)
    .map((profile) => judge(profile, modelWindows(profile, cache)));
}

/** Undefined for a profile that cannot be used, which another check tells. */
async function bind({ name }: Profile, installation: Installation): Promise<BoundProfile | undefined> {
  const { keys } = await installation.keys();
  try {
    return bindProfile(name, await installation.values(), await installation.facts.registry(), keys);
  } catch (error) {
    if (isClaudexError(error)) return undefined;
    throw error;
  }
}

function judge(bound: BoundProfile, windows: readonly ModelWindow[]): Diagnosis {
  const { name } = bound.profile;
  const detail = windows
    .map(({ model, tokens, source }) => `${model} ${sizeOf(tokens)}${wordOf(tokens, source)}`)
    .join('; ');
  const small = windows.filter(({ tokens }) => tokens !== undefined && tokens < RECOMMENDED_WINDOW);
  if (small.length > 0)
    return warning('window', `Profile ${name} has a small window for Claude Code`, {
      detail,
      remedy: `${NEEDED_WINDOW}. Choose another model, or let the server give it more; context_window in the profile says what it really has.`,
    });
  const unknown = windows.some(({ tokens }) => tokens === undefined);
  // Claude Code knows the models of its vendor.
  if (unknown && !isAnthropic(bound))
    return warning('window', `Profile ${name} has a model whose window nobody knows`, {
      detail,
      remedy: `"claudex models ${name} --refresh" asks the provider; context_window in the profile says it. Otherwise Claude Code may compact too late.`,
    });
  return ok('window', `Windows of profile ${name}`, detail);
}

function sizeOf(tokens: number | undefined): string {
  return tokens === undefined ? 'unknown' : tokenCount(tokens);
}

function wordOf(tokens: number | undefined, source: ModelWindow['source']): string {
  return tokens === undefined ? '' : ` (${SOURCES[source]})`;
}

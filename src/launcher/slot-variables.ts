import type { LaunchSettings } from './build-environment.ts';
import type { LaunchModels } from './launch-profile.ts';

/** The variables of claude's slots; with `_NAME` behind, what the list of `/model` calls them. */
const SLOTS = {
  haiku: 'ANTHROPIC_DEFAULT_HAIKU_MODEL',
  sonnet: 'ANTHROPIC_DEFAULT_SONNET_MODEL',
  opus: 'ANTHROPIC_DEFAULT_OPUS_MODEL',
  fable: 'ANTHROPIC_DEFAULT_FABLE_MODEL',
} as const;

/** Every variable that {@link slotVariables} may set. */
export const SLOT_VARIABLES: readonly string[] = Object.values(SLOTS).flatMap((name) => [name, `${name}_NAME`]);

/**
 * A model for each of claude's slots: the profile's slot, else its default model. An exported slot stays as it is. Where
 * the models are not Anthropic's, the slots are called as their vendor calls them, if that is known.
 */
export function slotVariables(
  { bound, proxy, anthropic }: LaunchSettings,
  inherited: NodeJS.ProcessEnv,
): Record<string, string> {
  // Claude's own ids are right where claude talks to Anthropic itself.
  const models: Partial<LaunchModels> = proxy === undefined ? bound.profile.models : bound.models;
  const { default: usual, haiku = usual, sonnet = usual, opus = usual, fable = opus } = models;
  const variables: Record<string, string> = {};
  for (const [slot, model] of Object.entries({ haiku, sonnet, opus, fable })) {
    const variable = SLOTS[slot as keyof typeof SLOTS];
    if (!model || inherited[variable]) continue;
    variables[variable] = model;
    if (proxy === undefined || anthropic) continue;
    const title = bound.knownModels.find(({ id }) => id === model)?.title;
    if (title !== undefined) variables[`${variable}_NAME`] = title;
  }
  return variables;
}

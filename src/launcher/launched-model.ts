import type { LaunchSettings } from './build-environment.ts';
import type { LaunchFacts } from './launch-profile.ts';

/** The model that claude is told: `-m`, else the profile's default, with aliases resolved. Empty when claude chooses. */
export function launchedModel({
  bound,
  configuration,
  model,
}: Pick<LaunchSettings, 'bound' | 'configuration' | 'model'>): string {
  const wanted = model ?? bound.models.default;
  return Object.hasOwn(configuration.model_aliases, wanted) ? (configuration.model_aliases[wanted] ?? wanted) : wanted;
}

/** What is known of that model. Sizes that the profile names win. */
export function launchedFacts(settings: Pick<LaunchSettings, 'bound' | 'configuration' | 'model'>): LaunchFacts {
  const { profile, knownModels } = settings.bound;
  const id = launchedModel(settings);
  const facts = knownModels.find((known) => known.id === id) ?? { id };
  // The client counts nothing but its prompt, and compacts by what it takes for the window.
  const contextWindow = profile.context_window ?? shorter(facts.contextWindow, facts.maxInputTokens);
  const maxOutputTokens = profile.max_output_tokens ?? profile.max_tokens ?? facts.maxOutputTokens;
  return {
    ...facts,
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
}

function shorter(window: number | undefined, longestPrompt: number | undefined): number | undefined {
  return window === undefined || longestPrompt === undefined ? window : Math.min(window, longestPrompt);
}

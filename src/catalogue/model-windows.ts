import type { ModelFacts } from '@claudex/sdk';
import { longestPrompt, type BoundProfile } from '../router/index.ts';
import { readKeptList } from './kept-list.ts';
import type { ModelSource } from './model-list.ts';
import { namedRows } from './named-rows.ts';
import { publicFacts } from './public/kept-public.ts';

/** How long a prompt a model of a profile takes, and who says so. */
export interface ModelWindow {
  readonly model: string;
  /** In tokens; absent where nobody says anything. */
  readonly tokens?: number;
  /** `cached`: the provider's own list. */
  readonly source: ModelSource;
}

/** The windows of the models that a profile names, without asking anybody. */
export function modelWindows(bound: BoundProfile, cacheFolder: string): ModelWindow[] {
  const listed = readKeptList(bound, cacheFolder)?.models ?? [];
  const published = publicFacts(bound.provider.id, cacheFolder);
  const says = (facts: readonly ModelFacts[], model: string): boolean =>
    facts.some(({ id, contextWindow }) => id === model && contextWindow !== undefined);
  return namedRows(bound, cacheFolder).map((row): ModelWindow => {
    const tokens = longestPrompt(row);
    const stated = bound.profile.context_window !== undefined ? 'override' : undefined;
    const found = says(listed, row.id) ? 'cached' : says(published, row.id) ? 'public' : 'plugin';
    return { model: row.id, source: stated ?? found, ...(tokens !== undefined && { tokens }) };
  });
}

import type Router from '@koa/router';
import type { BoundProfile } from '../../router/index.ts';
import { AUTO, listedId } from '../../router/index.ts';
import type { Scope } from '../profile-directory.ts';
import type { ProxyState } from '../proxy-state.ts';
import { RequestError } from '../request-error.ts';

interface ListedModel {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly 'x-claudex-profile': string;
  readonly 'x-claudex-provider': string;
}

/** Claude Code shows only ids with one of these words in them. */
const SHOWN_BY_CLIENT = /claude|anthropic/i;

/**
 * `GET …/v1/models`: what the enabled profiles name, in Anthropic's list shape and without asking any provider. A model
 * that Claude Code would not show stands there a second time, under an id that it shows.
 */
export function addModels(router: Router, state: ProxyState): void {
  const listed = async (address: string | undefined): Promise<ListedModel[]> => {
    if (address === undefined) return state.profiles.enabled(state.profiles.base).flatMap(modelsOf);
    const { name, scope } = state.profiles.scopeOf(address);
    await state.local.prepare(name, scope);
    return boundBy(state, name, scope).flatMap(modelsOf);
  };
  router.get(['/v1/models', '/proxy/:profile/v1/models'], async (context) => {
    const data = await listed((context.params as { profile?: string }).profile);
    context.body = { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
  });
  // An id may contain slashes: `openai/gpt-5`.
  router.get(['/v1/models/*id', '/proxy/:profile/v1/models/*id'], async (context) => {
    const { profile, id } = context.params as { profile?: string; id?: string | string[] };
    const wanted = (Array.isArray(id) ? id.join('/') : id) ?? '';
    const models = await listed(profile);
    const found =
      models.find((model) => model.id === wanted) ?? models.find((model) => otherNamesOf(model).includes(wanted));
    if (!found) throw new RequestError(404, 'not_found_error', `there is no model "${wanted}" here`);
    context.body = found;
  });
}

function boundBy(state: ProxyState, name: string, scope: Scope): BoundProfile[] {
  return name === AUTO ? state.profiles.enabled(scope) : [state.profiles.find(name, scope)];
}

function modelsOf(bound: BoundProfile): ListedModel[] {
  const { profile, models, knownModels } = bound;
  const names = [
    ...new Set(Object.values(models).filter((model): model is string => typeof model === 'string' && model !== '')),
  ];
  return names.flatMap((model) => {
    const title = knownModels.find(({ id }) => id === model)?.title ?? model;
    const plain = entryOf(bound, model, title);
    if (SHOWN_BY_CLIENT.test(model)) return [plain];
    return [plain, entryOf(bound, listedId(profile.name, model), `${title} · ${profile.name}`)];
  });
}

function entryOf({ profile, provider }: BoundProfile, id: string, title: string): ListedModel {
  return {
    type: 'model',
    id,
    display_name: title,
    created_at: '1970-01-01T00:00:00Z',
    'x-claudex-profile': profile.name,
    'x-claudex-provider': provider.id,
  };
}

/** Under which names messages may ask for a listed model beside its id. */
function otherNamesOf(model: ListedModel): string[] {
  const profile = model['x-claudex-profile'];
  return [`${profile}/${model.id}`, listedId(profile, model.id)];
}

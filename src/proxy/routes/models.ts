import type Router from '@koa/router';
import type { BoundProfile } from '../../router/index.ts';
import { listedId } from '../../router/index.ts';
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

/** `GET …/v1/models`: what the enabled profiles name, in Anthropic's list shape. */
export function addModels(router: Router, state: ProxyState): void {
  const listed = (address: string | undefined): ListedModel[] => {
    if (address === undefined) return state.profiles.enabled(state.profiles.base).flatMap(modelsOf);
    const { name, scope } = state.profiles.scopeOf(address);
    return boundBy(state, name, scope).flatMap(modelsOf);
  };
  router.get(['/v1/models', '/proxy/:profile/v1/models'], (context) => {
    const data = listed((context.params as { profile?: string }).profile);
    context.body = { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
  });
  // An id may contain slashes: `openai/gpt-5`.
  router.get(['/v1/models/*id', '/proxy/:profile/v1/models/*id'], (context) => {
    const { profile, id } = context.params as { profile?: string; id?: string | string[] };
    const wanted = Array.isArray(id) ? id.join('/') : id;
    const found = listed(profile).find((model) => namesOf(model).includes(wanted ?? ''));
    if (!found) throw new RequestError(404, 'not_found_error', `there is no model "${wanted}" here`);
    context.body = found;
  });
}

function boundBy(state: ProxyState, name: string, scope: Scope): BoundProfile[] {
  return name === 'auto' ? state.profiles.enabled(scope) : [state.profiles.find(name, scope)];
}

function modelsOf({ profile, provider, models }: BoundProfile): ListedModel[] {
  const names = [
    ...new Set(Object.values(models).filter((model): model is string => typeof model === 'string' && model !== '')),
  ];
  return names.map((model) => ({
    type: 'model',
    id: model,
    display_name: model,
    created_at: '1970-01-01T00:00:00Z',
    'x-claudex-profile': profile.name,
    'x-claudex-provider': provider.id,
  }));
}

/** Every name under which messages may ask for a listed model. */
function namesOf(model: ListedModel): string[] {
  const profile = model['x-claudex-profile'];
  return [model.id, `${profile}/${model.id}`, listedId(profile, model.id)];
}

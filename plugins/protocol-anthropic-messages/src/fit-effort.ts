import { isJsonObject, type Json, type Loss, type ModelFacts } from '@claudex/sdk';
import { chooseEffort } from '@claudex/sdk/codec';

/**
 * The `output_config` with an effort that the model has: clients that do not know a model ask it for the levels of their
 * own. One that has no levels is not asked for any. The same value where nothing has to change, also of a model of which
 * nothing is known.
 */
export function fitEffort(config: Json | undefined, facts: ModelFacts | undefined, losses: Loss[]): Json | undefined {
  const efforts = facts?.reasoning?.efforts;
  const effort = isJsonObject(config) ? config['effort'] : undefined;
  if (efforts === undefined || !isJsonObject(config) || typeof effort !== 'string' || efforts.includes(effort))
    return config;
  const chosen = chooseEffort({ off: false, effort }, facts?.reasoning);
  const { effort: _asked, ...rest } = config;
  losses.push({
    kind: chosen === undefined ? 'dropped' : 'adjusted',
    path: 'output_config.effort',
    feature: 'effort',
    reason:
      chosen === undefined
        ? 'The model cannot be told how much to reason.'
        : `The model does not have the effort ${effort}, so it is asked for ${chosen}.`,
  });
  if (chosen !== undefined) return { ...rest, effort: chosen };
  return Object.keys(rest).length === 0 ? undefined : rest;
}

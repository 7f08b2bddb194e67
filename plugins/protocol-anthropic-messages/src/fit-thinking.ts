import { isJsonObject, type Json, type JsonObject, type Loss, type ModelFacts, type Quirks } from '@claudex/sdk';
import { chooseBudget } from '@claudex/sdk/codec';

/** The smallest budget that the vendor takes, in tokens. */
const LEAST_BUDGET = 1_024;
/** What stands for the effort of a client that names none. */
const USUAL_EFFORT = 'medium';

type ThinkingType = NonNullable<Quirks['thinkingTypes']>[number];

/** By what a type is replaced that is not taken, the nearest first. */
const NEAREST: { readonly [Type in ThinkingType]: readonly ThinkingType[] } = {
  adaptive: ['enabled', 'disabled'],
  enabled: ['adaptive', 'disabled'],
  disabled: ['adaptive', 'enabled'],
};

/** What a budget depends on. */
export interface AnswerSettings {
  readonly thinking: Json | undefined;
  readonly outputConfig: Json | undefined;
  /** The limit of the whole answer, in tokens. */
  readonly maxTokens: Json | undefined;
  readonly facts: ModelFacts | undefined;
}

/**
 * The `thinking` to send where only some of its types are taken: the nearest of them, with a budget below the limit of
 * the answer where it needs one. `undefined` where nothing has to change; `null` takes the field out.
 */
export function fitThinking(
  settings: AnswerSettings,
  taken: readonly ThinkingType[],
  losses: Loss[],
): JsonObject | null | undefined {
  const { thinking } = settings;
  const type = isJsonObject(thinking) ? thinking['type'] : undefined;
  if (!isJsonObject(thinking) || !isThinkingType(type) || taken.includes(type)) return undefined;
  for (const nearest of NEAREST[type].filter((one) => taken.includes(one))) {
    const fitted = writeThinking(nearest, settings, thinking);
    if (fitted === undefined) continue;
    losses.push({
      kind: 'adjusted',
      path: 'thinking.type',
      feature: 'thinking',
      reason: `This model does not take thinking of the type ${type}, so that ${nearest} is sent.`,
    });
    return fitted;
  }
  const reason = `This model does not take thinking of the type ${type}.`;
  losses.push({ kind: 'dropped', path: 'thinking', feature: 'thinking', reason });
  return null;
}

function isThinkingType(type: Json | undefined): type is ThinkingType {
  return typeof type === 'string' && Object.hasOwn(NEAREST, type);
}

/** `undefined` where the answer has no room for the smallest budget. */
function writeThinking(type: ThinkingType, settings: AnswerSettings, before: JsonObject): JsonObject | undefined {
  if (type === 'disabled') return { type };
  const { type: wanted, budget_tokens: _budget, ...rest } = before;
  if (type === 'adaptive') return { type, ...rest };
  const { maxTokens, outputConfig, facts } = settings;
  const limit = typeof maxTokens === 'number' ? maxTokens : undefined;
  if (limit !== undefined && limit <= LEAST_BUDGET) return undefined;
  const effort = isJsonObject(outputConfig) ? outputConfig['effort'] : undefined;
  const level = typeof effort === 'string' ? effort : USUAL_EFFORT;
  // Whoever cannot be switched off shall at least not reason for long.
  const asked =
    wanted === 'disabled' ? LEAST_BUDGET : chooseBudget({ off: false, effort: level }, facts?.reasoning, limit);
  const least = Math.max(LEAST_BUDGET, facts?.reasoning?.budget?.min ?? 0);
  return { type, budget_tokens: Math.max(least, asked ?? LEAST_BUDGET), ...rest };
}

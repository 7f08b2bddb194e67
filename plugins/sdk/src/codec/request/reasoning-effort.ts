import type { CanonicalRequest, ReasoningFacts } from '../../index.ts';

/** How much the client wants the model to reason. `undefined` where it leaves that to the model. */
export type WantedReasoning =
  | { readonly off: true }
  | {
      readonly off: false;
      /** `minimal`, `low`, `medium`, `high`, `xhigh`, `max`, or a word not known yet. */
      readonly effort?: string;
      /** Tokens. */
      readonly budget?: number;
    };

/** All levels that are known, least first. */
const SCALE: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** What most models that reason take. */
const USUAL_EFFORTS: readonly string[] = ['low', 'medium', 'high'];

/** Tokens up to which a budget counts as this level; more is `high`. */
const LEVEL_OF_BUDGET: readonly (readonly [limit: number, effort: string])[] = [
  [4_096, 'low'],
  [16_384, 'medium'],
];

/** Tokens that stand for a level where a provider wants a budget. */
const BUDGET_OF_LEVEL: { readonly [effort: string]: number } = {
  minimal: 1_024,
  low: 4_096,
  medium: 12_288,
  high: 24_576,
  xhigh: 32_768,
  max: 65_536,
};

/**
 * Reads what the client wants: reasoning that is switched off stays off, an effort beats a budget, and the effort of
 * the latest turn beats that of the request.
 */
export function wantedReasoning(request: CanonicalRequest): WantedReasoning | undefined {
  const { thinking } = request;
  if (thinking?.type === 'disabled') return { off: true };
  const effort = request.messages.findLast(namesEffort)?.output_config?.effort ?? request.output_config?.effort;
  if (effort === 'none') return { off: true };
  if (effort !== undefined) return { off: false, effort };
  if (thinking?.type === 'enabled') return { off: false, budget: thinking.budget_tokens };
  return thinking === undefined ? undefined : { off: false };
}

/** Where in the request the effort stands that counts. */
export function effortPath(request: CanonicalRequest): string {
  const turn = request.messages.findLastIndex(namesEffort);
  return turn < 0 ? 'output_config.effort' : `messages[${turn}].output_config.effort`;
}

/**
 * The level to ask this model for, `undefined` where nothing should be said. A level the model does not have becomes
 * the next one it has: upwards from `medium` down, downwards above it. Off becomes `none` if the model has that, else
 * its lowest level.
 */
export function chooseEffort(wanted: WantedReasoning | undefined, facts: ReasoningFacts = {}): string | undefined {
  const efforts = facts.efforts ?? USUAL_EFFORTS;
  if (wanted === undefined || efforts.length === 0) return undefined;
  if (wanted.off) return efforts.includes('none') || facts.canDisable === true ? 'none' : lowest(efforts);
  const effort = wanted.effort ?? (wanted.budget === undefined ? undefined : levelOfBudget(wanted.budget));
  return effort === undefined ? undefined : nearest(effort, efforts);
}

/**
 * The budget in tokens to ask this model for: 0 to switch reasoning off, `undefined` where nothing should be said. It
 * stays well below `maxTokens`, the limit of the whole answer, because providers count reasoning into it.
 */
export function chooseBudget(
  wanted: WantedReasoning | undefined,
  facts: ReasoningFacts = {},
  maxTokens?: number,
): number | undefined {
  if (wanted === undefined) return undefined;
  if (wanted.off) return 0;
  const tokens = wanted.budget ?? (wanted.effort === undefined ? undefined : BUDGET_OF_LEVEL[wanted.effort]);
  if (tokens === undefined) return undefined;
  const { min = 1, max = Number.MAX_SAFE_INTEGER } = facts.budget ?? {};
  const room = maxTokens === undefined ? max : Math.min(max, roomForReasoning(maxTokens));
  return Math.max(min, Math.min(tokens, room));
}

/** So many tokens of an answer are kept for what is said after the reasoning, or half of a shorter one. */
const KEPT_FOR_ANSWER = 8_192;

/** How much of an answer of so many tokens may be reasoning, so that something is left to be said. */
function roomForReasoning(maxTokens: number): number {
  return maxTokens - Math.min(KEPT_FOR_ANSWER, Math.ceil(maxTokens / 2));
}

function namesEffort({ output_config: config }: CanonicalRequest['messages'][number]): boolean {
  return config?.effort !== undefined;
}

function levelOfBudget(tokens: number): string {
  return LEVEL_OF_BUDGET.find(([limit]) => tokens <= limit)?.[1] ?? 'high';
}

function lowest(efforts: readonly string[]): string | undefined {
  return SCALE.find((level) => level !== 'none' && efforts.includes(level)) ?? efforts[0];
}

function nearest(effort: string, efforts: readonly string[]): string | undefined {
  const place = SCALE.indexOf(effort);
  if (efforts.includes(effort) || place < 0) return efforts.includes(effort) ? effort : undefined;
  const up = SCALE.slice(place).find((level) => efforts.includes(level));
  const down = SCALE.slice(1, place).findLast((level) => efforts.includes(level));
  return place <= SCALE.indexOf('medium') ? (up ?? down) : (down ?? up);
}

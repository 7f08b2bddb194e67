import { longestPrompt } from '../../router/index.ts';
import { countedPrompt, exceedsWindow } from '../answer/silent-overflow.ts';
import type { Answering } from '../exchange.ts';
import type { ProxyState } from '../proxy-state.ts';

/** A prompt below this says too little about how figures compare, in tokens. */
const LEAST_PROMPT = 8_000;
/** No tokenizer differs from another by so much. */
const CUT_SHARE = 0.5;

/** What was said already: once for each model of a profile is enough, however often the profile is bound anew. */
const said = new WeakMap<ProxyState, Set<string>>();
/** A client may name any number of models; then some things are said again. */
const MOST_SAID = 256;

/**
 * What an answer that was given tells about the window: that the provider counted more than fits, or, of a server on this
 * machine, that it counted so much less than was sent that it must have cut the prompt. Nothing can be taken back then,
 * but somebody should know. One line, for each model once.
 */
export function windowWarning(state: ProxyState, { bound, resolved, context, record }: Answering): string | undefined {
  const { usage, forecast, fault } = record;
  if (usage === undefined || fault !== undefined) return undefined;
  const counted = countedPrompt(usage);
  const isCut =
    bound.provider.local === true &&
    forecast !== undefined &&
    forecast.tokens >= LEAST_PROMPT &&
    counted > 0 &&
    counted < forecast.tokens * CUT_SHARE;
  const isOver = exceedsWindow(usage, context);
  if (!isCut && !isOver) return undefined;
  const { name } = bound.profile;
  if (!isNew(state, JSON.stringify([name, resolved.model]))) return undefined;
  if (isOver)
    return `${resolved.model} of profile ${name} answered a prompt of ${counted} tokens, more than the ${longestPrompt(context.facts)} it is known to take: it may have left out a part, or context_window should be higher`;
  return `${resolved.model} of profile ${name} counted ${counted} tokens in a prompt of about ${forecast?.tokens}: its server has probably cut it; give it a larger window`;
}

function isNew(state: ProxyState, key: string): boolean {
  const keys = said.get(state) ?? new Set();
  if (keys.has(key)) return false;
  if (keys.size >= MOST_SAID) keys.clear();
  said.set(state, keys.add(key));
  return true;
}

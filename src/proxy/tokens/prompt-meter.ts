import type { CanonicalRequest, Usage } from '@claudex/sdk';
import type { Log } from '../log.ts';
import { Calibration, LEAST_TOKENS, type Fit } from './calibration.ts';
import { estimateInputTokens } from './estimate.ts';
import { familyOf } from './families.ts';
import { promptParts, promptTokens } from './prompt-parts.ts';
import { TokenCounter } from './token-counter.ts';

/** A prompt to be measured. */
export interface Prompt {
  readonly profile: string;
  /** As the upstream knows it. */
  readonly model: string;
  readonly request: CanonicalRequest;
  /** Size of the client's body. */
  readonly bytes: number;
}

/** What was said about a prompt before its exact size was known. */
export interface Forecast {
  /** Profile and model. */
  readonly key: string;
  /** Kept only where it will be counted once its exact size is known: it holds the whole conversation. */
  readonly prompt: Prompt | undefined;
  /** The cheap estimate as it is. */
  readonly estimate: number;
  /** The same, corrected by what was learnt: the figure to show. */
  readonly tokens: number;
}

/** The size of a prompt in tokens, and how it was found. */
export interface Measured {
  readonly tokens: number;
  readonly method: 'tokenizer' | 'estimate';
  /** Mean relative error that was observed for this method, profile and model. */
  readonly error: number | undefined;
}

/** Longer prompts are not counted for learning only. */
const LONGEST_SAMPLE_TOKENS = 50_000;
const MOST_COUNTED_KEYS = 256;

/**
 * Measures prompts: cheaply for message requests, with a tokenizer for `count_tokens`, and learns from the exact
 * figures of providers how far off either is, per profile and model.
 *
 * The tokenizer never runs for a message request. Where somebody has asked for a count, the next finished exchange of
 * that profile and model is counted too, after its answer has ended: that gives the tokenizer's figure and the exact
 * one for the same prompt.
 */
export class PromptMeter {
  readonly #counter: TokenCounter;
  readonly #estimates = new Calibration();
  readonly #counts = new Calibration();
  /** Keys that were asked for and of which no exchange has been counted since. */
  readonly #wanted = new Set<string>();

  constructor(log: Log, counter = new TokenCounter({ log })) {
    this.#counter = counter;
  }

  /** A cheap estimate of a prompt, corrected by what was learnt. It costs a walk over the blocks, and no tokenizing. */
  forecast(prompt: Prompt): Forecast {
    const key = keyOf(prompt);
    const estimate = estimateInputTokens(prompt.request, prompt.bytes);
    const fits = estimate >= LEAST_TOKENS && estimate <= LONGEST_SAMPLE_TOKENS;
    // One at a time: whoever is chosen keeps its conversation until its answer has ended.
    const isSample = fits && this.#wanted.delete(key);
    return { key, prompt: isSample ? prompt : undefined, estimate, tokens: scaled(estimate, this.#estimates.of(key)) };
  }

  /** Counts a prompt with the tokenizer of its family, or where that does not succeed estimates it. */
  async measure(prompt: Prompt): Promise<Measured> {
    const key = keyOf(prompt);
    if (this.#wanted.size < MOST_COUNTED_KEYS) this.#wanted.add(key);
    const counted = await this.#count(prompt);
    if (counted === undefined) {
      const fit = this.#estimates.of(key);
      const tokens = scaled(estimateInputTokens(prompt.request, prompt.bytes), fit);
      return { tokens, method: 'estimate', error: fit.error };
    }
    const fit = this.#counts.of(key);
    return { tokens: scaled(counted, fit), method: 'tokenizer', error: fit.error };
  }

  /** Takes the exact usage of a finished exchange. Settles when nothing more is to be learnt from it, and never rejects. */
  async learn({ key, prompt, estimate, tokens }: Forecast, usage: Usage): Promise<void> {
    const exact = promptUsage(usage);
    // A protocol whose provider reported nothing gives our own figure back.
    if (exact === tokens) return;
    this.#estimates.learn(key, estimate, exact);
    if (!prompt) return;
    // What cannot be counted teaches nothing; nobody waits for it.
    const counted = await this.#count(prompt).catch(() => undefined);
    if (counted !== undefined) this.#counts.learn(key, counted, exact);
  }

  /** Ends what still counts. */
  close(): void {
    this.#counter.close();
  }

  async #count({ model, request }: Prompt): Promise<number | undefined> {
    const family = familyOf(model);
    const parts = promptParts(request, family);
    const counted = await this.#counter.count({ encoding: family.encoding, texts: parts.texts });
    return counted === undefined ? undefined : promptTokens(counted, parts, family);
  }
}

/** The tokens of a prompt, whether or not they came out of a cache. */
export function promptUsage(usage: Usage): number {
  return usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
}

function scaled(tokens: number, { ratio }: Fit): number {
  return Math.max(1, Math.ceil(tokens * ratio));
}

function keyOf({ profile, model }: Prompt): string {
  return `${profile} ${model}`;
}

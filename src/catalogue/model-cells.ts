import type { ModelPrice } from '@claudex/sdk';
import { tokenCount } from '../config/index.ts';
import type { ModelRow } from './model-list.ts';

const DOLLARS = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** What a long request costs. */
interface PrintedLongPrice {
  readonly above: number;
  readonly input: number | null;
  readonly output: number | null;
  readonly cache_read: number | null;
  readonly cache_write: number | null;
}

/** A model as `--json` prints it. Sizes count tokens, prices are US dollars per million. */
export interface PrintedModel {
  readonly id: string;
  readonly title: string | null;
  readonly context_window: number | null;
  /** The longest prompt, where that is less than the window. */
  readonly max_input_tokens: number | null;
  readonly max_output_tokens: number | null;
  readonly modalities: { readonly input: readonly string[]; readonly output: readonly string[] } | null;
  readonly price: {
    readonly input: number;
    readonly output: number;
    readonly cache_read: number | null;
    readonly cache_write: number | null;
    /** Prices of requests with more than `above` tokens of input; what is `null` stays as it is. */
    readonly long: PrintedLongPrice | null;
  } | null;
  readonly source: ModelRow['source'];
  /** `default` and the slots that it serves. */
  readonly used_for: readonly string[];
}

/** Writes a model for `--json`. */
export function printedModel(row: ModelRow, usedFor: readonly string[]): PrintedModel {
  const { id, title, contextWindow, maxInputTokens, maxOutputTokens, modalities, price, source } = row;
  return {
    id,
    title: title ?? null,
    context_window: contextWindow ?? null,
    max_input_tokens: maxInputTokens ?? null,
    max_output_tokens: maxOutputTokens ?? null,
    modalities: modalities ?? null,
    price: price
      ? {
          input: price.input,
          output: price.output,
          cache_read: price.cacheRead ?? null,
          cache_write: price.cacheWrite ?? null,
          long: price.long ? longPrice(price.long) : null,
        }
      : null,
    source,
    used_for: usedFor,
  };
}

function longPrice({ above, input, output, cacheRead, cacheWrite }: NonNullable<ModelPrice['long']>): PrintedLongPrice {
  return {
    above,
    input: input ?? null,
    output: output ?? null,
    cache_read: cacheRead ?? null,
    cache_write: cacheWrite ?? null,
  };
}

/** The models of one profile as `--json` prints them. */
export interface PrintedModels {
  readonly profile: string;
  /** When the provider gave the list, ISO 8601; `null` when it did not. */
  readonly fetched_at: string | null;
  readonly models: readonly PrintedModel[];
}

/**
 * A model as people read it, in cells: its name, window and longest answer, price in and out, whether it sees images, where
 * that is from, what it is used for, its title. `-` is unknown.
 */
export function modelCells(model: PrintedModel, name: string): string[] {
  const { context_window: window, max_input_tokens: longest, max_output_tokens: output } = model;
  const { price, modalities, source, used_for: usedFor } = model;
  return [
    name,
    `${count(longest === null || window === null ? window : Math.min(longest, window))}/${count(output)}`,
    price === null ? '-' : `${DOLLARS.format(price.input)}/${DOLLARS.format(price.output)}`,
    modalities === null ? '-' : modalities.input.includes('image') ? 'yes' : 'no',
    source,
    usedFor.join(' ') || '-',
    model.title ?? '-',
  ];
}

function count(tokens: number | null): string {
  return tokens === null ? '-' : tokenCount(tokens);
}

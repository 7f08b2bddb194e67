import { tokenCount } from '../config/index.ts';
import type { ModelRow } from './model-list.ts';

const DOLLARS = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** A model as `--json` prints it. Sizes count tokens, prices are US dollars per million. */
export interface PrintedModel {
  readonly id: string;
  readonly title: string | null;
  readonly context_window: number | null;
  readonly max_output_tokens: number | null;
  readonly modalities: { readonly input: readonly string[]; readonly output: readonly string[] } | null;
  readonly price: {
    readonly input: number;
    readonly output: number;
    readonly cache_read: number | null;
    readonly cache_write: number | null;
  } | null;
  readonly source: ModelRow['source'];
  /** `default` and the slots that it serves. */
  readonly used_for: readonly string[];
}

/** Writes a model for `--json`. */
export function printedModel(row: ModelRow, usedFor: readonly string[]): PrintedModel {
  const { id, title, contextWindow, maxOutputTokens, modalities, price, source } = row;
  return {
    id,
    title: title ?? null,
    context_window: contextWindow ?? null,
    max_output_tokens: maxOutputTokens ?? null,
    modalities: modalities ?? null,
    price: price
      ? {
          input: price.input,
          output: price.output,
          cache_read: price.cacheRead ?? null,
          cache_write: price.cacheWrite ?? null,
        }
      : null,
    source,
    used_for: usedFor,
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
  const { context_window: window, max_output_tokens: output, price, modalities, source, used_for: usedFor } = model;
  return [
    name,
    `${count(window)}/${count(output)}`,
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

import {
  isJsonObject,
  type Json,
  type JsonObject,
  type ModelFacts,
  type ModelModalities,
  type ModelPrice,
} from '@claudex/sdk';
import { printable } from '../../config/index.ts';

/** No model has more; larger figures are mistakes. */
const MOST_TOKENS = 100_000_000;
/** Nobody asks for more per million tokens, in US dollars. */
const MOST_DOLLARS = 10_000;
const LONGEST_ID = 200;
const MODALITY = /^[a-z]{1,12}$/;

/** Reads one model as models.dev describes it. Undefined for one without a usable id, or that does not write text. */
export function readPublicModel(entry: Json): ModelFacts | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { id } = entry;
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID || printable(id) !== id) return undefined;
  const modalities = modalitiesOf(entry['modalities']);
  if (modalities && !modalities.output.includes('text')) return undefined;
  const limit = isJsonObject(entry['limit']) ? entry['limit'] : {};
  const [window, longest, output] = [limit['context'], limit['input'], limit['output']].map(sizeOf);
  const price = isJsonObject(entry['cost']) ? priceOf(entry['cost']) : undefined;
  return {
    id,
    ...(window !== undefined && { contextWindow: window }),
    ...(longest !== undefined && longest < (window ?? 0) && { maxInputTokens: longest }),
    ...(output !== undefined && output <= (window ?? MOST_TOKENS) && { maxOutputTokens: output }),
    ...(modalities && { modalities: { input: modalities.input.map(wordOf), output: modalities.output.map(wordOf) } }),
    ...(price && { price }),
  };
}

/** Where nothing is known, 0 stands. */
function sizeOf(value: Json | undefined): number | undefined {
  const isSize = typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_TOKENS;
  return isSize ? value : undefined;
}

function modalitiesOf(value: Json | undefined): ModelModalities | undefined {
  if (!isJsonObject(value)) return undefined;
  const [input, output] = [value['input'], value['output']].map(wordsOf);
  return input && output && { input, output };
}

function wordsOf(value: Json | undefined): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.filter((word): word is string => typeof word === 'string' && MODALITY.test(word));
}

/** What it calls a PDF is a file for us. */
function wordOf(word: string): string {
  return word === 'pdf' ? 'file' : word;
}

/** Prices are dollars per million tokens. */
function priceOf(cost: JsonObject): ModelPrice | undefined {
  const { input, output, cacheRead, cacheWrite } = ratesOf(cost);
  if (input === undefined || output === undefined) return undefined;
  const long = longPrice(cost);
  return {
    input,
    output,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(long && { long }),
  };
}

/** The one tier it names by a field of its own. */
function longPrice(cost: JsonObject): ModelPrice['long'] {
  const tier = cost['context_over_200k'];
  if (!isJsonObject(tier)) return undefined;
  const known = Object.entries(ratesOf(tier)).filter(([, rate]) => rate !== undefined);
  return known.length === 0 ? undefined : { above: 200_000, ...Object.fromEntries(known) };
}

function ratesOf(cost: JsonObject): {
  readonly [Rate in 'input' | 'output' | 'cacheRead' | 'cacheWrite']: number | undefined;
} {
  const rate = (value: Json | undefined): number | undefined =>
    typeof value === 'number' && value >= 0 && value <= MOST_DOLLARS ? value : undefined;
  return {
    input: rate(cost['input']),
    output: rate(cost['output']),
    cacheRead: rate(cost['cache_read']),
    cacheWrite: rate(cost['cache_write']),
  };
}

import { isJsonObject, type Json, type JsonObject, type ModelFacts, type ModelModalities } from '@claudex/sdk';
import { printable } from '../config/index.ts';
import { readPrice } from './read-price.ts';
import { readProtocol } from './read-protocol.ts';

const LONGEST_ID = 256;
const LONGEST_TITLE = 120;
/** No window is larger; what is, is no count of tokens. */
const MOST_TOKENS = 1_000_000_000;
const MOST_MODALITIES = 8;

/** Kinds of models that cannot hold a conversation, by the names that lists give them. */
const OTHER_KINDS = /^(embeddings?|image|audio|video|moderation|rerank(er|ing)?|speech|transcri(be|ption))$/;

/** Where providers write sizes. Of several the first that is there counts: what is loaded, before what would be possible. */
const WINDOWS: readonly Path[] = [
  ['loaded_context_length'],
  ['context_length'],
  ['context_window'],
  ['max_model_len'],
  ['max_context_length'],
  ['capabilities', 'limits', 'max_context_window_tokens'],
  ['max_input_tokens'],
  ['inputTokenLimit'],
];
/** Longest prompts beside a window; alone they stand for it. */
const PROMPTS: readonly Path[] = [['capabilities', 'limits', 'max_prompt_tokens'], ['max_input_tokens']];
const OUTPUTS: readonly Path[] = [
  ['top_provider', 'max_completion_tokens'],
  ['max_completion_tokens'],
  ['max_output_tokens'],
  ['capabilities', 'limits', 'max_output_tokens'],
  ['outputTokenLimit'],
  ['max_tokens'],
];

type Path = readonly string[];

/** Reads one model of a list, whoever wrote it. Undefined for one without a usable id, and for one that cannot chat. */
export function readEntry(entry: unknown): ModelFacts | undefined {
  if (typeof entry === 'string') return isUsable(entry) ? { id: withoutFolder(entry) } : undefined;
  if (!isJsonObject(entry)) return undefined;
  const id = [entry['id'], entry['slug'], entry['key'], entry['name']].find((name) => typeof name === 'string');
  if (id === undefined || !isUsable(id) || !canChat(entry)) return undefined;
  const title = titleOf(entry, id);
  const contextWindow = firstSize(entry, WINDOWS);
  const maxInputTokens = firstSize(entry, PROMPTS);
  const maxOutputTokens = firstSize(entry, OUTPUTS);
  const modalities = modalitiesOf(entry);
  const protocol = readProtocol(entry['supported_endpoints']);
  const price = isJsonObject(entry['pricing']) ? readPrice(entry['pricing']) : undefined;
  return {
    id: withoutFolder(id),
    ...(protocol !== undefined && { protocol }),
    ...(title !== undefined && { title }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxInputTokens !== undefined && maxInputTokens < (contextWindow ?? 0) && { maxInputTokens }),
    // A list that claims more output than there is room for is mistaken about the output.
    ...(maxOutputTokens !== undefined && maxOutputTokens <= (contextWindow ?? MOST_TOKENS) && { maxOutputTokens }),
    ...(modalities && { modalities }),
    ...(price && { price }),
  };
}

/** An id is sent to the provider and shown on a terminal, so that it must be the same text for both. */
function isUsable(id: string): boolean {
  return id.trim() !== '' && id.length <= LONGEST_ID && printable(id) === id && id.isWellFormed();
}

/** Gemini lists `models/gemini-…` and takes the name alone. */
function withoutFolder(id: string): string {
  return id.replace(/^models\//, '');
}

function titleOf(entry: JsonObject, id: string): string | undefined {
  const title = [entry['display_name'], entry['displayName'], entry['name']].find((text) => typeof text === 'string');
  if (title === undefined || title.trim() === '' || title === id) return undefined;
  return printable(title.toWellFormed().slice(0, LONGEST_TITLE));
}

function canChat(entry: JsonObject): boolean {
  const kinds = [entry['type'], at(entry, ['capabilities', 'type'])];
  if (kinds.some((kind) => typeof kind === 'string' && OTHER_KINDS.test(kind))) return false;
  if (at(entry, ['capabilities', 'completion_chat']) === false || entry['active'] === false) return false;
  // ChatGPT also lists what its plans do not offer, and Copilot what the account has switched off.
  if (entry['visibility'] === 'hide' || entry['visibility'] === 'none') return false;
  if (at(entry, ['policy', 'state']) === 'disabled') return false;
  const output = modalitiesOf(entry)?.output;
  return output === undefined || output.length === 0 || output.includes('text');
}

function modalitiesOf(entry: JsonObject): ModelModalities | undefined {
  const owner = isJsonObject(entry['architecture']) ? entry['architecture'] : entry;
  const input = wordsOf(owner['input_modalities']);
  if (input) return { input, output: wordsOf(owner['output_modalities']) ?? ['text'] };
  const sees = at(entry, ['capabilities', 'vision']) ?? at(entry, ['capabilities', 'supports', 'vision']);
  if (sees === true || entry['type'] === 'vlm') return { input: ['text', 'image'], output: ['text'] };
  return sees === false ? { input: ['text'], output: ['text'] } : undefined;
}

function wordsOf(list: Json | undefined): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const words = list.filter((word) => typeof word === 'string' && /^[a-z][a-z0-9_-]{0,19}$/.test(word));
  return words.length === 0 ? undefined : (words.slice(0, MOST_MODALITIES) as string[]);
}

function firstSize(entry: JsonObject, paths: readonly Path[]): number | undefined {
  return paths.map((path) => at(entry, path)).find(isSize);
}

function isSize(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_TOKENS;
}

function at(entry: JsonObject, path: Path): Json | undefined {
  let value: Json | undefined = entry;
  for (const step of path) value = isJsonObject(value) ? value[step] : undefined;
  return value;
}

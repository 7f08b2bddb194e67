import type { Encoder } from './count-text.ts';
import type { EncodingName } from './families.ts';

/** Each file is megabytes of code, so that only those are loaded that somebody counts with. */
const ENCODINGS = {
  claude: () => import('ai-tokenizer/encoding/claude'),
  o200k_base: () => import('ai-tokenizer/encoding/o200k_base'),
  cl100k_base: () => import('ai-tokenizer/encoding/cl100k_base'),
  p50k_base: () => import('ai-tokenizer/encoding/p50k_base'),
} as const satisfies { readonly [name in EncodingName]: unknown };

/** Words whose tokens an encoder remembers. */
const REMEMBERED_WORDS = 20_000;

/** Loads an encoding. Takes some hundred milliseconds and up to 120 MB, so it belongs into a worker. */
export async function loadEncoder(name: EncodingName): Promise<Encoder> {
  const [{ Tokenizer }, encoding] = await Promise.all([import('ai-tokenizer'), ENCODINGS[name]()]);
  return new Tokenizer(encoding, {}, REMEMBERED_WORDS);
}

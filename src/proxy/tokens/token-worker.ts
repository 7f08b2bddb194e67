import { parentPort } from 'node:worker_threads';
import { countText, type Encoder } from './count-text.ts';
import type { EncodingName } from './families.ts';
import { loadEncoder } from './load-encoder.ts';

/** What the worker is asked: how many tokens these texts have together. It answers with a number. */
export interface CountQuestion {
  readonly encoding: EncodingName;
  readonly texts: readonly string[];
}

const encoders = new Map<EncodingName, Promise<Encoder>>();

// What fails here ends the worker; the main thread then does without the count.
parentPort?.on('message', (question: CountQuestion) => void answer(question));

async function answer({ encoding, texts }: CountQuestion): Promise<void> {
  const encoder = await encoderOf(encoding);
  let tokens = 0;
  for (const text of texts) tokens += countText(encoder, text);
  parentPort?.postMessage(tokens, []);
}

function encoderOf(name: EncodingName): Promise<Encoder> {
  let encoder = encoders.get(name);
  if (!encoder) {
    encoder = loadEncoder(name);
    encoders.set(name, encoder);
  }
  return encoder;
}

import { unreadFields } from '@claudex/sdk/codec';
import type { GeminiGenerationConfig } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { thinkingConfig } from './thinking.ts';

/** The API takes no more stop sequences than this. */
const MAX_STOP_SEQUENCES = 5;

/** Writes limits, sampling and reasoning, and records what has no counterpart. */
export function encodeParameters(encoding: Encoding): GeminiGenerationConfig {
  const config: GeminiGenerationConfig = {};
  encodeMaxTokens(config, encoding);
  encodeSampling(config, encoding);
  encodeStopSequences(config, encoding);
  const thinking = thinkingConfig(config.maxOutputTokens, encoding);
  if (thinking !== undefined) config.thinkingConfig = thinking;
  noteLosses(encoding);
  return config;
}

function encodeMaxTokens(config: GeminiGenerationConfig, { context, losses }: Encoding): void {
  const { request, quirks } = context;
  if (request.max_tokens === undefined) return;
  if (quirks.maxOutputTokensField === 'none') {
    losses.dropped('max_tokens', 'max_tokens', 'This provider takes no limit on the answer.');
    return;
  }
  const limit = Math.max(request.max_tokens, quirks.minOutputTokens ?? 1);
  config.maxOutputTokens = limit;
  if (limit !== request.max_tokens)
    losses.adjusted('max_tokens', 'max_tokens', `This provider takes no limit below ${limit} tokens.`);
}

function encodeSampling(config: GeminiGenerationConfig, { context, losses }: Encoding): void {
  const { temperature, top_p: topP, top_k: topK } = context.request;
  const { minTemperature = 0 } = context.quirks;
  if (temperature !== undefined) {
    config.temperature = Math.max(temperature, minTemperature);
    if (temperature < minTemperature)
      losses.adjusted('temperature', 'temperature', 'This provider takes no temperature as low as that.');
  }
  if (topP !== undefined) config.topP = topP;
  if (topK === undefined) return;
  if (context.quirks.topK === false) losses.dropped('top_k', 'top_k', 'This provider does not take it.');
  else config.topK = topK;
}

function encodeStopSequences(config: GeminiGenerationConfig, { context, losses }: Encoding): void {
  const sequences = context.request.stop_sequences ?? [];
  const most = context.quirks.maxStopSequences ?? MAX_STOP_SEQUENCES;
  const sent = sequences.slice(0, most);
  if (sent.length > 0) config.stopSequences = sent;
  if (sequences.length > most)
    losses.dropped(`stop_sequences[${most}]`, 'stop_sequences', `Only ${most} stop sequences can be sent.`);
}

function noteLosses({ losses, context: { request } }: Encoding): void {
  for (const field of Object.keys(request.metadata ?? {}))
    losses.dropped(`metadata.${field}`, 'metadata', 'Metadata about the user stays on this machine.');
  for (const field of unreadFields(request)) losses.dropped(field, field, 'The protocol has no such field.');
  if (request.ext !== undefined)
    losses.dropped('ext', 'request_extension', 'Extras of another protocol have no counterpart here.');
}

import { unreadFields, type LossLog } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { encodeIdentity } from './identity.ts';
import { encodeOutputFormat } from './output-format.ts';
import { encodeReasoning } from './reasoning.ts';
import { byteLength } from './byte-length.ts';

/** The protocol takes no more stop sequences than this. */
const MAX_STOP_SEQUENCES = 4;

/** Writes everything beside messages and tools into the body. */
export function encodeParameters(body: ChatRequest, encoding: Encoding): void {
  encodeMaxTokens(body, encoding);
  encodeSampling(body, encoding);
  encodeStopSequences(body, encoding);
  encodeReasoning(body, encoding);
  encodeOutputFormat(body, encoding);
  encodeIdentity(body, encoding);
  if (body.stream && encoding.context.quirks.streamUsage !== false) body.stream_options = { include_usage: true };
  noteLosses(encoding);
}

function encodeMaxTokens(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  if (request.max_tokens === undefined) return;
  const field = quirks.maxOutputTokensField ?? 'max_tokens';
  if (field === 'none') {
    encoding.losses.dropped('max_tokens', 'max_tokens', 'This provider takes no limit on the answer.');
    return;
  }
  const limit = Math.max(request.max_tokens, quirks.minOutputTokens ?? 1);
  body[field] = limit;
  if (limit !== request.max_tokens)
    encoding.losses.adjusted('max_tokens', 'max_tokens', `This provider takes no limit below ${limit} tokens.`);
}

function encodeSampling(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  if (request.temperature !== undefined) {
    body.temperature = Math.max(request.temperature, quirks.minTemperature ?? 0);
    if (body.temperature !== request.temperature)
      encoding.losses.adjusted('temperature', 'temperature', 'This provider takes no temperature as low as that.');
  }
  if (request.top_p !== undefined) body.top_p = request.top_p;
  if (request.top_k === undefined) return;
  if (quirks.topK === true) body.top_k = request.top_k;
  else encoding.losses.dropped('top_k', 'top_k', 'The protocol has no such parameter.');
}

function encodeStopSequences(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  const sequences = shortEnough(request.stop_sequences ?? [], quirks.stopSequenceMaxBytes, encoding.losses);
  const most = quirks.maxStopSequences ?? MAX_STOP_SEQUENCES;
  const sent = sequences.slice(0, most);
  if (sent.length > 0) body.stop = sent;
  if (sequences.length > most) {
    encoding.losses.dropped(
      `stop_sequences[${most}]`,
      'stop_sequences',
      most === 0 ? 'This provider takes no stop sequences.' : `Only ${most} stop sequences can be sent.`,
    );
  }
}

/** Without those that have more bytes than are taken. A shorter one would stop at other places. */
function shortEnough(sequences: readonly string[], maxBytes: number | undefined, losses: LossLog): readonly string[] {
  if (maxBytes === undefined) return sequences;
  const taken = sequences.filter((sequence) => byteLength(sequence) <= maxBytes);
  if (taken.length < sequences.length)
    losses.dropped('stop_sequences', 'stop_sequences', `This provider takes no stop sequence above ${maxBytes} bytes.`);
  return taken;
}

function noteLosses({ losses, context: { request } }: Encoding): void {
  for (const field of unreadFields(request)) losses.dropped(field, field, 'The protocol has no such field.');
  if (request.ext !== undefined)
    losses.dropped('ext', 'request_extension', 'Extras of another protocol have no counterpart here.');
}

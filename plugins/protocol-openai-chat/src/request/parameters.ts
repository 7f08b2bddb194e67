import { isJsonObject, type OutputConfig } from '@claudex/sdk';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** The protocol takes no more stop sequences than this. */
const MAX_STOP_SEQUENCES = 4;

/** Writes everything beside messages and tools into the body. */
export function encodeParameters(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  encodeMaxTokens(body, encoding);
  if (request.temperature !== undefined) body.temperature = request.temperature;
  if (request.top_p !== undefined) body.top_p = request.top_p;
  encodeStopSequences(body, encoding);
  encodeOutputConfig(request.output_config ?? {}, body, encoding);
  if (request.stream && quirks.streamUsage !== false) body.stream_options = { include_usage: true };
  noteLosses(encoding);
}

function encodeMaxTokens(body: ChatRequest, encoding: Encoding): void {
  const limit = encoding.context.request.max_tokens;
  if (limit === undefined) return;
  const field = encoding.context.quirks.maxOutputTokensField ?? 'max_tokens';
  if (field === 'none')
    encoding.losses.dropped('max_tokens', 'max_tokens', 'This provider takes no limit on the answer.');
  else body[field] = limit;
}

function encodeStopSequences(body: ChatRequest, encoding: Encoding): void {
  const sequences = encoding.context.request.stop_sequences ?? [];
  if (sequences.length === 0) return;
  body.stop = sequences.slice(0, MAX_STOP_SEQUENCES);
  if (sequences.length > MAX_STOP_SEQUENCES) {
    encoding.losses.dropped(
      `stop_sequences[${MAX_STOP_SEQUENCES}]`,
      'stop_sequences',
      'Only four stop sequences can be sent.',
    );
  }
}

function encodeOutputConfig(config: OutputConfig, body: ChatRequest, encoding: Encoding): void {
  if (config.effort !== undefined)
    encoding.losses.dropped('output_config.effort', 'effort', 'Effort is not translated for this provider.');
  if (config.format === undefined) return;
  const { type, schema } = config.format;
  if (type === 'json_schema' && isJsonObject(schema)) {
    body.response_format = { type: 'json_schema', json_schema: { name: 'answer', schema } };
    return;
  }
  encoding.losses.dropped('output_config.format', 'output_format', 'Only a JSON schema can be asked for here.');
}

function noteLosses(encoding: Encoding): void {
  const { losses, context } = encoding;
  const { request } = context;
  if (request.top_k !== undefined) losses.dropped('top_k', 'top_k', 'The protocol has no such parameter.');
  if (request.thinking !== undefined)
    losses.dropped('thinking', 'thinking', 'How much to reason is not translated for this provider.');
  for (const field of Object.keys(request.metadata ?? {})) {
    losses.dropped(`metadata.${field}`, 'metadata', 'Metadata about the user stays on this machine.');
  }
  for (const field of Object.keys(request.other)) losses.dropped(field, field, 'The protocol has no such field.');
  if (request.ext !== undefined)
    losses.dropped('ext', 'request_extension', 'Extras of another protocol have no counterpart here.');
}

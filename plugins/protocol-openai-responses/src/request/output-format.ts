import { isJsonObject } from '@claudex/sdk';
import type { ResponsesTextFormat } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** How the shape of the answer is asked for: by a field, by an instruction, by both, or not at all. */
interface EncodedFormat {
  readonly format?: ResponsesTextFormat;
  readonly instruction?: string;
}

/** Translates the shape that the client wants the answer to have. */
export function encodeOutputFormat({ context, losses }: Encoding): EncodedFormat {
  const wanted = context.request.output_config?.format;
  if (wanted === undefined) return {};
  const { responseFormat = 'json_schema' } = context.quirks;
  const { type, schema } = wanted;
  if (responseFormat !== 'none') {
    if (type === 'json_object') return { format: { type: 'json_object' } };
    if (type === 'json_schema' && isJsonObject(schema)) {
      if (responseFormat === 'json_schema')
        return { format: { type: 'json_schema', name: 'answer', schema, strict: false } };
      losses.degraded('output_config.format', 'output_format', 'The schema of the answer is asked for in words.');
      const instruction = `Answer with one JSON object that satisfies this JSON schema:\n${JSON.stringify(schema)}`;
      return { format: { type: 'json_object' }, instruction };
    }
  }
  losses.dropped('output_config.format', 'output_format', 'This shape of an answer cannot be asked for here.');
  return {};
}

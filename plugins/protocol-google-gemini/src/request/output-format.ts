import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { adaptSchema, enumsForConsts, mendedJson } from '@claudex/sdk/codec';
import type { GeminiGenerationConfig } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** How the shape of the answer is asked for: by parameters, by an instruction, by both, or not at all. */
interface EncodedFormat {
  readonly parameters?: Pick<GeminiGenerationConfig, 'responseMimeType' | 'responseJsonSchema'>;
  readonly instruction?: string;
}

const JSON_TYPE = 'application/json';

/** Translates the shape that the client wants the answer to have. `hasTools`: functions are offered beside it. */
export function encodeOutputFormat(hasTools: boolean, { context, losses, isModern }: Encoding): EncodedFormat {
  const wanted = context.request.output_config?.format;
  if (wanted === undefined) return {};
  const schema = schemaOf(wanted);
  if (schema === undefined) {
    losses.dropped('output_config.format', 'output_format', 'Only a JSON schema can be asked for here.');
    return {};
  }
  // Before Gemini 3 a function may not stand beside an answer that is JSON.
  const form = hasTools && !isModern ? 'none' : (context.quirks.responseFormat ?? 'json_schema');
  if (form === 'json_schema')
    return { parameters: { responseMimeType: JSON_TYPE, responseJsonSchema: enumsForConsts(schema) } };
  losses.degraded('output_config.format', 'output_format', 'The schema of the answer is asked for in words.');
  const json = mendedJson(schema, 'output_config.format', losses);
  const instruction = `Answer with one JSON value that satisfies this JSON schema, and with nothing else:\n${json}`;
  return { instruction, ...(form === 'json_object' && { parameters: { responseMimeType: JSON_TYPE } }) };
}

/** The schema, unless it is beyond all reason. */
function schemaOf({ type, schema }: JsonObject): JsonObject | undefined {
  const adapted = type === 'json_schema' && isJsonObject(schema) ? adaptSchema(schema, 'full') : undefined;
  return adapted !== undefined && 'schema' in adapted ? adapted.schema : undefined;
}

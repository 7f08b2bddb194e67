import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { mendedJson } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** Asks for an answer after a JSON schema, as firmly as the provider can be asked. */
export function encodeOutputFormat(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  if (request.output_config?.format === undefined) return;
  const schema = schemaOf(encoding);
  if (schema === undefined) {
    encoding.losses.dropped('output_config.format', 'output_format', 'Only a JSON schema can be asked for here.');
    return;
  }
  const form = quirks.responseFormat ?? 'json_schema';
  if (form === 'json_schema') {
    body.response_format = { type: 'json_schema', json_schema: { name: 'answer', schema } };
    return;
  }
  if (form === 'json_object') body.response_format = { type: 'json_object' };
  encoding.losses.degraded(
    'output_config.format',
    'output_format',
    'This provider does not hold its answer to a schema, so the instructions ask for it.',
  );
}

/** The sentence that asks for the schema where the provider has no parameter for it. */
export function schemaInstruction(encoding: Encoding): string | undefined {
  const schema = schemaOf(encoding);
  if (schema === undefined || (encoding.context.quirks.responseFormat ?? 'json_schema') === 'json_schema')
    return undefined;
  const json = mendedJson(schema, 'output_config.format', encoding.losses);
  return `Answer with one JSON value that satisfies this JSON schema, and with nothing else:\n${json}`;
}

function schemaOf(encoding: Encoding): JsonObject | undefined {
  const { type, schema } = encoding.context.request.output_config?.format ?? {};
  return type === 'json_schema' && isJsonObject(schema) ? schema : undefined;
}

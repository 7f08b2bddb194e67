import {
  isInvalidRequest,
  isJsonObject,
  protocolFault,
  type CanonicalResponse,
  type CodecContext,
  type DecodedResponse,
  type Fault,
  type JsonObject,
} from '@claudex/sdk';
import { readErrorBody, readFaultBody } from '@claudex/sdk/codec';
import { CallIds } from './call-ids.ts';
import { decodeContent } from './decode-block.ts';
import { encodeBlocks, writeAnswerBlock } from './encode-block.ts';
import { extensionFields, extensionOf } from './extensions.ts';
import { faultOfError } from './fault.ts';
import { decodeStopReason } from './stop-reason.ts';
import { decodeUsage, usageExtras } from './usage.ts';
import type { WireMessage } from './wire.ts';

const MODELLED = new Set(['id', 'type', 'role', 'model', 'content', 'stop_reason', 'stop_sequence', 'usage']);

/** Reads a complete answer; a fault when it is an error in disguise or no Anthropic message. */
export function decodeResponse(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault } {
  if (body['type'] === 'error' || isJsonObject(body['error'])) return { fault: faultOfError(body) };
  const { id, model, content, stop_sequence: stopSequence, usage } = body;
  if (!Array.isArray(content)) {
    // MiniMax and Z.ai report errors in a shape of their own, under a status of success.
    const isError = readErrorBody(body) !== undefined;
    return {
      fault: isError ? readFaultBody(body) : protocolFault('The provider answered with JSON that is not a message.'),
    };
  }
  try {
    const ids = new CallIds(context);
    const response: CanonicalResponse = {
      id: typeof id === 'string' ? id : context.newId('msg'),
      model: typeof model === 'string' ? model : context.model,
      content: decodeContent(content, 'content').map((block) => ids.settle(block)),
      ...decodeStopReason(body['stop_reason']),
      ...(typeof stopSequence === 'string' && { stop_sequence: stopSequence }),
      usage: decodeUsage(usage),
      ...extensionOf(answerExtras(body, MODELLED, usageExtras(usage))),
    };
    return { response, losses: [] };
  } catch (error) {
    if (!isInvalidRequest(error)) throw error;
    return { fault: protocolFault(`The provider sent a malformed message (${error.message}).`) };
  }
}

/** What an answer says beyond the canonical form: fields outside `modelled` that are not `null`, and usage extras. */
export function answerExtras(
  wire: JsonObject,
  modelled: ReadonlySet<string>,
  usage: JsonObject | undefined,
): JsonObject | undefined {
  const extras = Object.entries(wire).filter(([field, value]) => value !== null && !modelled.has(field));
  if (usage !== undefined) extras.push(['usage', usage]);
  return extras.length === 0 ? undefined : Object.fromEntries(extras);
}

/** Writes a complete answer. */
export function encodeResponse(response: CanonicalResponse): JsonObject {
  const { usage: usageFields, ...fields } = extensionFields(response.ext);
  return {
    id: response.id,
    type: 'message',
    role: 'assistant',
    model: response.model,
    content: encodeBlocks(response.content, 'content', writeAnswerBlock),
    stop_reason: response.stop_reason,
    stop_sequence: response.stop_sequence ?? null,
    ...fields,
    usage: { ...response.usage, ...(isJsonObject(usageFields) && usageFields) },
  } satisfies WireMessage;
}

/** Reads the list of models into ids. */
export function decodeModels(body: JsonObject): string[] {
  const { data } = body;
  if (!Array.isArray(data)) return [];
  return data.flatMap((model) => (isJsonObject(model) && typeof model['id'] === 'string' ? [model['id']] : []));
}

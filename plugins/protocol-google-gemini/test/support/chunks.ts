import type { JsonObject, SseEvent } from '@claudex/sdk';

/** Any chunk of a stream. */
export function chunk(value: JsonObject): SseEvent {
  return { data: JSON.stringify(value) };
}

/** A chunk whose answer adds these parts; `more` stands beside them. */
export function parts(list: readonly JsonObject[], more: JsonObject = {}): SseEvent {
  return chunk({
    candidates: [{ content: { role: 'model', parts: [...list] }, index: 0, ...more }],
    modelVersion: 'reported',
  });
}

/** A chunk that adds text. */
export function said(text: string, more: JsonObject = {}): SseEvent {
  return parts([{ text, ...more }]);
}

/** A chunk that adds reasoning. */
export function thought(text: string, more: JsonObject = {}): SseEvent {
  return parts([{ text, thought: true, ...more }]);
}

/** A part with a call. */
export function callPart(name: string, args: JsonObject, more: JsonObject = {}): JsonObject {
  return { functionCall: { name, args }, ...more };
}

/** The last chunk: why the answer ended, and its usage. */
export function finish(
  finishReason = 'STOP',
  usageMetadata: JsonObject = {},
  list: readonly JsonObject[] = [],
): SseEvent {
  return chunk({
    candidates: [{ content: { role: 'model', parts: [...list] }, finishReason, index: 0 }],
    usageMetadata,
  });
}

import { isJsonObject, type Json, type JsonObject } from '@claudex/sdk';

/** What a model wants back on a part of its own, as it is sealed into the signature of one thinking block. */
export interface PartState {
  /** The block's text is reasoning of the model, and this the signature that stood on it, if any. */
  thought?: { signature?: string };
  /** The signature of the text directly before the block, and that text's length in UTF-16 units. */
  text?: { length: number; signature: string };
  /** The signature of a call after the block, by the id that the client knows. */
  call?: { id: string; signature: string };
  /** Parts that stood before the block and that nobody here models, as they came. */
  raw?: JsonObject[];
}

/** The state as JSON. */
export function stateJson({ thought, text, call, raw }: PartState): JsonObject {
  return {
    ...(thought !== undefined && { thought: { ...thought } }),
    ...(text !== undefined && { text: { ...text } }),
    ...(call !== undefined && { call: { ...call } }),
    ...(raw !== undefined && { raw }),
  };
}

/** Reads a state back; `undefined` for what is none. */
export function readPartState(state: JsonObject): PartState | undefined {
  const read: PartState = {};
  const { thought, text, call, raw } = state;
  if (isJsonObject(thought)) read.thought = signatureOf(thought) ?? {};
  const textSignature = isJsonObject(text) ? signatureOf(text) : undefined;
  if (isJsonObject(text) && textSignature !== undefined && typeof text['length'] === 'number')
    read.text = { length: text['length'], ...textSignature };
  const callSignature = isJsonObject(call) ? signatureOf(call) : undefined;
  if (isJsonObject(call) && callSignature !== undefined && typeof call['id'] === 'string')
    read.call = { id: call['id'], ...callSignature };
  if (Array.isArray(raw)) read.raw = raw.filter((part) => isJsonObject(part));
  return Object.keys(read).length === 0 ? undefined : read;
}

function signatureOf({ signature }: { readonly signature?: Json }): { signature: string } | undefined {
  return typeof signature === 'string' ? { signature } : undefined;
}

import { isJsonObject, type CodecContext, type Json, type JsonObject } from '../index.ts';
import { asciiChecksum } from './hash.ts';
import { parseJson } from './values.ts';

/*
 * What a provider wants back with the next turn (encrypted reasoning, thought signatures, ids) travels through the
 * client's history in the signature of a thinking block: `claudex.<protocol>.<version>.<base64url of JSON>.<checksum>`.
 * Nothing is kept here, so a session survives a restart of the proxy and can be continued on another machine. The
 * envelope is not secret and not proof against forgery: the client is the user's own. The checksum finds damage.
 */

const TAG = 'claudex.';
const VERSION = '2';

/** Who minted a state, and who alone may have it back. */
export interface StateKey {
  /** Id of the protocol that sealed it. */
  readonly protocol: string;
  /** The provider's id, else its base URL. */
  readonly origin: string;
  /** The model's name as it was sent upstream. */
  readonly model: string;
}

/** What became of a signature: the state, or why there is none. */
export type OpenedState =
  | { readonly state: JsonObject }
  /**
   * `unsigned`: there is no signature. `foreign`: it is another vendor's own. `elsewhere`: we sealed it, for another
   * protocol, provider or model. `damaged`: it cannot be read.
   */
  | { readonly refusal: 'unsigned' | 'foreign' | 'elsewhere' | 'damaged' };

/** The key under which this exchange seals and opens; `undefined` when no state may be kept. */
export function stateKey(protocol: string, { origin, model }: CodecContext): StateKey | undefined {
  return origin === undefined ? undefined : { protocol, origin, model };
}

/** Puts a state into a signature. The same state always gives the same text. */
export function sealState({ protocol, origin, model }: StateKey, state: JsonObject): string {
  const payload = toBase64Url(JSON.stringify({ origin, model, state }));
  return `${TAG}${protocol}.${VERSION}.${payload}.${asciiChecksum(payload)}`;
}

/** Whether a signature, or the data of redacted thinking, is an envelope of ours, whole or damaged. */
export function isSealedState(signature: string): boolean {
  return signature.startsWith(TAG);
}

/** Takes a state out of a signature, if it was sealed under this very key. Never throws. */
export function openState(key: StateKey | undefined, signature: string | undefined): OpenedState {
  if (signature === undefined || signature === '') return { refusal: 'unsigned' };
  if (!isSealedState(signature)) return { refusal: 'foreign' };
  const [protocol, version, payload, checksum, ...rest] = signature.slice(TAG.length).split('.');
  if (payload === undefined || checksum === undefined || rest.length > 0) return { refusal: 'damaged' };
  // Another version has a checksum of its own.
  if (version !== VERSION) return { refusal: 'elsewhere' };
  const end = signature.length - checksum.length - 1;
  if (checksum !== asciiChecksum(signature, end - payload.length, end)) return { refusal: 'damaged' };
  if (key === undefined || protocol !== key.protocol) return { refusal: 'elsewhere' };
  const envelope: unknown = parseJson(fromBase64Url(payload));
  if (!isJsonObject(envelope)) return { refusal: 'damaged' };
  if (envelope['origin'] !== key.origin || envelope['model'] !== key.model) return { refusal: 'elsewhere' };
  const state: Json | undefined = envelope['state'];
  return isJsonObject(state) ? { state } : { refusal: 'damaged' };
}

/** Characters turned into one string at a time: more arguments would overflow the stack. */
const SLICE = 8192;

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let start = 0; start < bytes.length; start += SLICE)
    binary += String.fromCharCode(...bytes.subarray(start, start + SLICE));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A byte that is no ASCII character of its own. */
const BEYOND_ASCII = /[\u0080-\u00ff]/;

function fromBase64Url(text: string): string {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    // Nearly all states are ASCII, whose bytes are its characters: decoding them takes most of the time otherwise.
    if (!BEYOND_ASCII.test(binary)) return binary;
    // Filled by a loop: `Uint8Array.from` with a callback takes twenty times as long.
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

import type { CanonicalEvent } from './events.ts';
import type { Fault } from './fault.ts';
import type { Json, JsonObject } from './json.ts';
import type { Loss } from './loss.ts';
import type { Machine, SseEvent } from './machine.ts';
import type { ModelFacts } from './model-facts.ts';
import type { Quirks, WebSearch } from './quirks.ts';
import type { CanonicalRequest, ClientDialect } from './request.ts';
import type { CanonicalResponse } from './response.ts';

/** What is asked of an upstream: answers, counts of tokens by the proxy, and its list of models. */
export type Operation = 'messages' | 'count-tokens' | 'models';

/** What an address may depend on beside the operation. */
export interface EndpointCall {
  /** The model name to send upstream; empty for a list of models. */
  readonly model: string;
  /** Whether the answer is to be streamed. */
  readonly stream: boolean;
  /** The profile's options, with defaults and variables applied. */
  readonly options: { readonly [name: string]: string };
}

/** Everything about one exchange that a codec may need beside the request. */
export interface CodecContext {
  /**
   * The request in canonical form. Decoders use it to restore names and ids, and live as long as their stream, so what they
   * are given has nothing else: no system texts, of messages only calls of tools with an empty input, of client tools only
   * the name. Where the client's bytes were passed on it has no messages and no tools: the decoder only watches the answer.
   */
  readonly request: CanonicalRequest;
  /** The model name to send upstream. */
  readonly model: string;
  readonly quirks: Quirks;
  /** What is known about the model; absent for one that nobody described. */
  readonly facts?: ModelFacts;
  /** Opaque name of the client's session, the same for every request of it; absent when the client names none. */
  readonly session?: string;
  /** Names on the wire of tools that the provider refused: they are left out, each with a loss. */
  readonly quarantinedTools?: readonly string[];
  /**
   * Who mints and takes back provider state: the provider's id, else its base URL. State is sealed for this origin,
   * the protocol and the model together. Absent: no state is kept.
   */
  readonly origin?: string;
  /** Makes an id with this prefix that is unique in this process, e.g. `newId('msg')` → `msg_…`. */
  readonly newId: (prefix: string) => string;
  /** Cheap estimate of the prompt in tokens, used where the upstream reports no figure at the start. */
  readonly estimatedInputTokens: number;
}

/** A body for the upstream and what it could not carry. */
export interface EncodedRequest {
  readonly body: JsonObject;
  readonly losses: readonly Loss[];
}

/** What the quirks make of top-level fields on the wire; `undefined` takes a field out. */
export interface FittedFields {
  readonly changes: ReadonlyMap<string, Json | undefined>;
  readonly losses: readonly Loss[];
}

/** A complete answer and what the canonical form could not carry of it. */
export interface DecodedResponse {
  readonly response: CanonicalResponse;
  readonly losses: readonly Loss[];
}

/** An answer that is not a success, before anybody has read it. */
export interface UpstreamFailure {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  /** At most the first 64 KiB, decoded as UTF-8. */
  readonly body: string;
}

/** How to read and answer a client that speaks this protocol to the proxy. */
export interface ClientCodec {
  /** Reads the client's body. Throws {@link InvalidRequest} by {@link invalidRequest} when it makes no sense. */
  decodeRequest(body: JsonObject, dialect: ClientDialect): CanonicalRequest;
  /** Writes a complete answer. */
  encodeResponse(response: CanonicalResponse): JsonObject;
  /** Makes a machine that turns the canonical events of one answer into the client's Server-Sent Events. */
  encodeStream(): Machine<CanonicalEvent, SseEvent>;
  /** The client's error envelope and the status it belongs to. */
  encodeFault(fault: Fault, requestId: string): { status: number; body: JsonObject };
}

/**
 * A wire dialect. All functions are pure and every machine is synchronous: bytes, sockets, clocks and ids
 * belong to the proxy. A protocol plugin imports nothing but this package.
 */
export interface Protocol {
  readonly specVersion: 1;
  /** Lower-case kebab, e.g. `openai-chat`. */
  readonly id: string;
  readonly title: string;
  /** Values of `provider_type` in a profile that select this protocol. */
  readonly providerTypes: readonly string[];
  /** Path below the base URL, e.g. `/chat/completions`; `undefined` when the protocol has no such operation. */
  endpoint(operation: Operation, call?: EndpointCall): string | undefined;
  /** Headers that carry a credential when the provider has no way of its own, lower-case names. */
  authenticate(credential: string): { [header: string]: string };
  /** Headers every request carries, lower-case names, e.g. a version. */
  readonly headers?: { readonly [header: string]: string };
  /** Values of the quirk `webSearch` that this protocol knows how to ask for. Default none. */
  readonly webSearches?: readonly WebSearch[];
  /** Writes `context.request` as the upstream's body. Never throws on a canonical request. */
  encodeRequest(context: CodecContext): EncodedRequest;
  /**
   * Applies the quirks of top-level fields to a body that is passed on, because the client speaks this protocol, too.
   * `read` parses one field: nothing else of the body is read. Absent: such quirks mean nothing there.
   */
  fitFields?(read: (name: string) => Json | undefined, context: Pick<CodecContext, 'quirks' | 'facts'>): FittedFields;
  /** Reads a complete answer. Returns a fault when a success status hides a failure or the body makes no sense. */
  decodeResponse(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault };
  /** Makes a machine that turns the Server-Sent Events of one answer into canonical events. */
  decodeStream(context: CodecContext): Machine<SseEvent, CanonicalEvent>;
  /** Reads a failure, whatever its body is. Never throws. */
  decodeFault(failure: UpstreamFailure): Fault;
  /** Reads the upstream's list of models into ids; asked where the list has a shape that nobody else has. */
  decodeModels?(body: JsonObject): string[];
  /** Present when clients speak this protocol to the proxy. */
  readonly client?: ClientCodec;
}

/** Returns its argument: a place for the type checker to look. */
export function defineProtocol(protocol: Protocol): Protocol {
  return protocol;
}

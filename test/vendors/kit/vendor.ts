import type { IncomingHttpHeaders } from 'node:http';
import type { SeenConversation, SpokenAnswer } from '../../matrix/support/conversation.ts';
import type { Dialect } from '../../matrix/support/dialect.ts';

/** A model as its vendor has it. Sizes count tokens. */
export interface VendorModel {
  readonly id: string;
  readonly window: number;
  readonly output: number;
  /** False for a model that refuses pictures. */
  readonly images?: false;
  /** False for a model that does not reason. */
  readonly reasons?: false;
}

/** A JSON object as it came over the wire; rules read out of it what they need. */
export type WireBody = { readonly [field: string]: unknown };

/** One request to a vendor. */
export interface VendorCall {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: IncomingHttpHeaders;
  readonly body: WireBody;
  /** The model that is asked for, as it was named. */
  readonly model: string;
  /** Absent when the vendor has no such model. */
  readonly facts?: VendorModel;
  /** What the vendor said when it made the call with this id; absent for ids that are not its own. */
  saidWith(callId: string): SpokenAnswer | undefined;
}

/** Why a vendor refuses a request. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** The parameter that is at fault. */
  readonly param?: string;
  /** The vendor's own word or number for it. */
  readonly code?: string;
  readonly type?: string;
  /** The answer has no body. */
  readonly isEmpty?: true;
  /** The vendor answers nevertheless: it ignores what it does not know, and the request does not do what it was to do. */
  readonly ignored?: true;
}

/** Looks at a request and says why the vendor would refuse it. */
export type Rule = (call: VendorCall) => Refusal | undefined;

/** A vendor's body for an error. */
export type ErrorShape = (refusal: Refusal) => unknown;

/** A whole answer that is no model's. */
export interface PlainAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/** One protocol of a vendor. */
export interface VendorWire {
  readonly dialect: Pick<Dialect, 'title' | 'read' | 'whole' | 'stream'>;
  /** Whether a path, without its query, belongs to it; for vendors with the model in the path: which one. */
  readonly at: (path: string, model: string) => { readonly model: string; readonly streamed?: boolean } | undefined;
  readonly rules: readonly Rule[];
  /** The vendor's own id of a call; absent: the dialect's. */
  readonly callId?: (answer: number, index: number) => string;
  /** How the vendor says that the prompt does not fit. */
  readonly overflow: (tokens: number, maximum: number) => Refusal;
  /** Absent: a prompt that does not fit is refused. Else it is answered with nothing, and an ending of this name. */
  readonly silentEnding?: string;
  /** Replaces that of the vendor. */
  readonly errors?: ErrorShape;
  /** Replaces that of the vendor. */
  readonly admits?: Rule;
}

/** A vendor: what it serves, and its law. */
export interface Vendor {
  /** Id of the provider whose row is proved. */
  readonly id: string;
  /** Of a vendor with several addresses: which of them. */
  readonly title?: string;
  /** The real host names; empty for a server that is reached by an address of this machine. */
  readonly hosts: readonly string[];
  readonly key: string;
  readonly models: readonly VendorModel[];
  /** What a profile says beside provider and key. */
  readonly options?: { readonly [name: string]: string };
  /** The variable by which a server on this machine is found. */
  readonly addressVariable?: string;
  /** Variables that name files, and what is in each. */
  readonly files?: { readonly [variable: string]: string };
  /** Models that are tried, where they are reached by different wires; absent: the one of the row's default. */
  readonly tried?: readonly string[];
  /** Each model is to be had by one of the wires only. */
  readonly oneWirePerModel?: true;
  /** Whether the request carries the right key. */
  readonly admits: Rule;
  readonly errors: ErrorShape;
  readonly wires: readonly VendorWire[];
  /** The list of models; absent where there is none. */
  readonly list?: (path: string) => unknown;
  /** Only programs that the vendor knows by name may ask its models, which Claudex on its own is not. */
  readonly knownProgramsOnly?: true;
  /** The list is shown to anybody. */
  readonly listIsPublic?: true;
  /** The list names no windows. */
  readonly listIsBare?: true;
  /** Anything else the vendor has, such as an exchange of credentials. */
  readonly other?: (call: VendorCall) => PlainAnswer | undefined;
  /** Sent with each answer of a model. */
  readonly rateHeaders?: { readonly [name: string]: string };
  /** How it says that there is no such path. */
  readonly unknownPath?: (path: string) => PlainAnswer;
}

/** What a vendor refused, or would have ignored. */
export interface Violation {
  readonly vendor: string;
  readonly path: string;
  readonly model: string;
  readonly refusal: Refusal;
}

/** What the model of a vendor says to a conversation. */
export type VendorScript = (seen: SeenConversation, vendor: Vendor) => SpokenAnswer;

import type { JsonObject, ModelFacts, Quirks } from '@claudex/sdk';

/** What one request of a client led to. */
export interface Exchange {
  /** The body that reached the provider. */
  readonly sent: JsonObject;
  /** The path it was sent to. */
  readonly url: string;
  readonly headers: { readonly [name: string]: unknown };
  /** The message that reached the client; empty where it asked for a stream. */
  readonly answer: JsonObject;
}

/** One model of one provider in one protocol, behind a proxy. */
export interface Wire {
  /** Id of the protocol. */
  readonly protocol: string;
  readonly facts: ModelFacts | undefined;
  /** All that hold for this model. */
  readonly quirks: Quirks;
  /**
   * Sends a request of Claude Code, to which `more` adds fields. `answer` is what the provider says, in pieces of its own
   * dialect: deltas of Chat, items of Responses. Throws where the client gets no answer.
   */
  ask(more: JsonObject, answer?: readonly JsonObject[]): Promise<Exchange>;
  /** The same, with fields that every request has, whatever it asks itself. */
  asking(more: JsonObject, quirks: Quirks): Wire;
}

/** Provokes a quirk, and throws where what arrives is not what its value says. */
export type Proof<Value> = (value: Value, wire: Wire) => Promise<void>;

/** One proof for every quirk; `elsewhere` where another protocol, or nothing on the wire, is concerned. */
export type ProofTable = {
  readonly [Name in keyof Quirks]-?: Proof<NonNullable<Quirks[Name]>> | 'elsewhere';
};

/** Proves one entry of some quirks; `false` where this protocol is not concerned. */
export async function prove(table: ProofTable, name: string, value: unknown, wire: Wire): Promise<boolean> {
  if (!Object.hasOwn(table, name)) throw new Error(`there is no proof for the quirk "${name}"`);
  const proof = table[name as keyof Quirks];
  if (proof === 'elsewhere') return false;
  await (proof as Proof<unknown>)(value, wire);
  return true;
}

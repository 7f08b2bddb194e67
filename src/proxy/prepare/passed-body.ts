import type { CanonicalRequest, ClientCodec } from '@claudex/sdk';
import { notJson, parseJsonObject } from '../parse-json.ts';
import { findTopLevelFields, readField, type FieldRange } from '../top-level-fields.ts';
import { patchBody, type FieldChanges } from './patch-body.ts';

/** A client's body whose bytes are passed on: read field by field, and parsed as a whole only where that cannot be avoided. */
export class PassedBody {
  readonly #bytes: Buffer;
  readonly #fields: ReadonlyMap<string, FieldRange>;
  readonly #codec: ClientCodec | undefined;
  #canonical: { readonly request: CanonicalRequest | undefined } | undefined;

  /** Throws a refusal when the bytes are not one JSON object. */
  constructor(bytes: Buffer, codec: ClientCodec | undefined) {
    const fields = findTopLevelFields(bytes);
    if (!fields) throw notJson();
    this.#bytes = bytes;
    this.#fields = fields;
    this.#codec = codec;
  }

  get size(): number {
    return this.#bytes.byteLength;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** The value of a top-level field. */
  read(name: string): unknown {
    return readField(this.#bytes, this.#fields, name);
  }

  /** The bytes of a top-level field's value. */
  bytesOf(name: string): Buffer | undefined {
    const range = this.#fields.get(name);
    return range && this.#bytes.subarray(range.start, range.end);
  }

  /** The whole body in canonical form; `undefined` where it makes no sense, which is for the upstream to say. */
  canonical(): CanonicalRequest | undefined {
    this.#canonical ??= { request: this.#decode() };
    return this.#canonical.request;
  }

  /** The bytes with these fields changed. */
  patched(changes: FieldChanges): Buffer {
    return patchBody(this.#bytes, this.#fields, changes);
  }

  #decode(): CanonicalRequest | undefined {
    try {
      const body = parseJsonObject(this.#bytes);
      return body && this.#codec?.decodeRequest(body, { betas: [] });
    } catch {
      return undefined;
    }
  }
}

import type { CanonicalRequest, ClientDialect, JsonObject } from '@claudex/sdk';
import { breathe } from './breathe.ts';
import type { ClientSide } from './client-side.ts';
import type { Incoming } from './incoming.ts';
import { notJson, parseJsonObject } from './parse-json.ts';
import { PassedBody } from './prepare/passed-body.ts';
import { RequestError } from './request-error.ts';

/** A client's request as the targets of a chain need it: as bytes, or read. Either is worked out once, when it is wanted. */
export class ClientRequest {
  readonly incoming: Incoming;
  readonly client: ClientSide;
  #passed: PassedBody | undefined;
  #canonical: CanonicalRequest | undefined;

  constructor(incoming: Incoming, client: ClientSide) {
    this.incoming = incoming;
    this.client = client;
  }

  /** Reads the whole request, step by step. Throws a refusal, or what the codec says is wrong with it. */
  async read(): Promise<void> {
    const { body: bytes } = this.incoming;
    await breathe(bytes.byteLength);
    const body = parseJsonObject(bytes);
    await breathe(bytes.byteLength);
    this.#canonical ??= this.#decode(body);
  }

  /** The model as the client named it. Throws a refusal when there is none. `whole`: the request is read anyway. */
  asked(whole: boolean): string {
    const { model } = this.incoming;
    const asked = model ?? (whole ? this.canonical().model : this.passed().read('model'));
    if (typeof asked === 'string') return asked;
    throw new RequestError(400, 'invalid_request_error', 'model: must be a string');
  }

  /** The bytes, field by field. Throws a refusal when they are not one JSON object. */
  passed(): PassedBody {
    this.#passed ??= new PassedBody(this.incoming.body, this.client.codec);
    return this.#passed;
  }

  /** The request in canonical form. Throws a refusal, or what the codec says is wrong with it. */
  canonical(): CanonicalRequest {
    this.#canonical ??= this.#decode(parseJsonObject(this.incoming.body));
    return this.#canonical;
  }

  #decode(body: JsonObject | undefined): CanonicalRequest {
    const { model, headers } = this.incoming;
    if (!body) throw notJson();
    return this.client.codec.decodeRequest(model === undefined ? body : { ...body, model }, dialectOf(headers));
  }
}

function dialectOf(headers: Incoming['headers']): ClientDialect {
  const version = headers['anthropic-version'];
  const betas = (headers['anthropic-beta'] ?? '')
    .split(',')
    .map((beta) => beta.trim())
    .filter((beta) => beta !== '');
  return version === undefined ? { betas } : { version, betas };
}

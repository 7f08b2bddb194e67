import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SpokenAnswer } from '../../matrix/support/conversation.ts';
import { sendWhole } from '../../support/recording-server.ts';
import { CallIds } from './call-ids.ts';
import { silenced } from './silenced.ts';
import type {
  ErrorShape,
  PlainAnswer,
  Refusal,
  Rule,
  Vendor,
  VendorCall,
  VendorScript,
  VendorWire,
  Violation,
  WireBody,
} from './vendor.ts';

/** Answers for one vendor, and holds every request against its rules. */
export class VendorServer {
  readonly vendor: Vendor;
  readonly violations: Violation[] = [];
  readonly calls: string[] = [];
  readonly models: string[] = [];
  overflows = 0;
  readonly #script: VendorScript;
  readonly #ids = new CallIds();
  #answers = 0;

  constructor(vendor: Vendor, script: VendorScript) {
    this.vendor = vendor;
    this.#script = script;
  }

  /** Answers one request. Rejects when the script does not work. */
  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await textOf(request);
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', `https://${headers.host}`);
    this.calls.push(`${method} ${url.host}${url.pathname}`);
    const body = raw.startsWith('{') ? (JSON.parse(raw) as WireBody) : {};
    const named = typeof body['model'] === 'string' ? body['model'] : '';
    const place = method === 'POST' ? this.#wireAt(url.pathname, named) : undefined;
    const call = this.#callOf({ method, url, headers, body }, place?.model ?? named);
    if (place) return this.#speak(call, place.wire, place.streamed, response);
    return send(response, this.#withoutModel(call));
  }

  #wireAt(path: string, named: string) {
    for (const wire of this.vendor.wires) {
      const found = wire.at(path, named);
      if (found) return { wire, ...found };
    }
    return undefined;
  }

  #callOf(head: Pick<VendorCall, 'method' | 'url' | 'headers' | 'body'>, model: string): VendorCall {
    const facts = this.vendor.models.find(({ id }) => id === model);
    return { ...head, model, ...(facts && { facts }), saidWith: (id) => this.#ids.saidWith(id) };
  }

  #speak(call: VendorCall, wire: VendorWire, streamed: boolean | undefined, response: ServerResponse): void {
    this.models.push(call.model);
    const refusal = this.#judge(call, [wire.admits ?? this.vendor.admits, ...wire.rules]);
    const errors = wire.errors ?? this.vendor.errors;
    if (refusal) return send(response, refused(refusal, errors));
    const seen = wire.dialect.read(call.body, call.headers, call.url.href);
    const answer = this.#script(seen, this.vendor);
    if (answer.overflow) {
      this.overflows += 1;
      if (wire.silentEnding !== undefined)
        return this.#say(call, silenced(wire, wire.silentEnding), {}, streamed ?? seen.streamed, response);
      const { tokens, maximum } = answer.overflow;
      return send(response, refused(wire.overflow(tokens, maximum), errors));
    }
    this.#say(call, wire, answer, streamed ?? seen.streamed, response);
  }

  #say(call: VendorCall, wire: VendorWire, answer: SpokenAnswer, streamed: boolean, response: ServerResponse): void {
    const n = (this.#answers += 1);
    const rename = (text: string): string => counted(this.#ids.rename(text, answer, n, wire.callId), call);
    const { rateHeaders = {} } = this.vendor;
    if (!streamed) {
      const whole = JSON.parse(rename(JSON.stringify(wire.dialect.whole(answer, call.model, n))));
      return sendWhole(response, 200, whole, rateHeaders);
    }
    const events = wire.dialect.stream(answer, call.model, n).map(rename);
    response.writeHead(200, { 'content-type': 'text/event-stream', ...rateHeaders }).end(events.join(''));
  }

  /** What is no conversation: the list of models, and whatever else the vendor has. */
  #withoutModel(call: VendorCall): PlainAnswer {
    const { vendor } = this;
    const other = vendor.other?.(call);
    if (other) return other;
    const list = call.method === 'GET' ? vendor.list?.(call.url.pathname) : undefined;
    if (list !== undefined) {
      const refusal = vendor.listIsPublic ? undefined : this.#judge(call, [vendor.admits]);
      return refusal ? refused(refusal, vendor.errors) : { status: 200, body: list };
    }
    const message = `no such path: ${call.method} ${call.url.pathname}`;
    // Many have no count of their own: whoever asks for one can do without.
    if (!call.url.pathname.endsWith('/count_tokens')) this.#note(call, { status: 404, message });
    return vendor.unknownPath?.(call.url.pathname) ?? { status: 404, body: vendor.errors({ status: 404, message }) };
  }

  /** The first rule that is broken so that the vendor refuses; those it would ignore are noted beside. */
  #judge(call: VendorCall, rules: readonly Rule[]): Refusal | undefined {
    for (const rule of rules) {
      const refusal = rule(call);
      if (!refusal) continue;
      this.#note(call, refusal);
      if (!refusal.ignored) return refusal;
    }
    return undefined;
  }

  #note({ url, model }: VendorCall, refusal: Refusal): void {
    this.violations.push({ vendor: this.vendor.id, path: url.pathname, model, refusal });
  }
}

/** Says how long the prompt was, as a vendor would that counts four letters as a token. */
function counted(text: string, { body }: VendorCall): string {
  const tokens = Math.ceil(JSON.stringify(body).length / 4);
  return text.replaceAll(/"(prompt_tokens|input_tokens|promptTokenCount)":1200/g, `"$1":${tokens}`);
}

function refused(refusal: Refusal, errors: ErrorShape): PlainAnswer {
  return { status: refusal.status, body: refusal.isEmpty ? undefined : errors(refusal) };
}

function send(response: ServerResponse, { status, body, headers = {} }: PlainAnswer): void {
  if (body === undefined) return void response.writeHead(status, { ...headers, 'content-length': 0 }).end();
  sendWhole(response, status, body, headers);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

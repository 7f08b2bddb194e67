import {
  isInvalidRequest,
  isJsonObject,
  type CanonicalEvent,
  type CanonicalResponse,
  type ClientCodec,
  type JsonObject,
  type Protocol,
} from '../../index.ts';
import { assembleMessage } from '../assemble-message.ts';
import { runMachine } from '../run-machine.ts';
import { demandNone, demandOfEach, type Check, type CheckGroup, type Subject } from './check.ts';
import { decode, sampleExchange } from './decoding.ts';
import { plainJsonProblems } from './plain-json.ts';
import { randomEvents } from './random-events.ts';
import { mutate } from './random-json.ts';
import { exchangeOf, randomRequest } from './random-request.ts';
import { Random } from './random.ts';
import { ALL_FAULT_KINDS } from './well-formed.ts';

/** Checks the side that clients see, for protocols that clients speak to the proxy. */
export function clientChecks(subject: Subject): CheckGroup {
  const { protocol, rounds, seed } = subject;
  const title = 'the client codec';
  const { client } = protocol;
  if (client === undefined) return { title, checks: [], unchecked: ['the client codec, because there is none'] };
  const check = (name: string, attempt: (round: number) => readonly string[]): Check => ({
    title: name,
    run: () =>
      demandOfEach(
        Array.from({ length: rounds }, (_one, round) => seed + round),
        (round) => `seed ${round}`,
        attempt,
      ),
  });
  return {
    title,
    unchecked: [],
    checks: [
      check('reads back the requests that the protocol writes', (round) => requestProblems(protocol, client, round)),
      check('reads any body or says which field is wrong', (round) => strangeBodyProblems(protocol, client, round)),
      check('writes streams that the protocol reads back', (round) => streamProblems(subject, client, round)),
      check('writes complete answers that the protocol reads back', (round) => answerProblems(subject, client, round)),
      { title: 'has an envelope for every kind of failure', run: () => demandNone(envelopeProblems(client)) },
    ],
  };
}

/** The body of a generated request, as a client of this protocol would send it. */
function bodyOf(protocol: Protocol, round: number): JsonObject {
  const request = randomRequest(round);
  return protocol.encodeRequest(exchangeOf(request, {}, { model: request.model })).body;
}

function requestProblems(protocol: Protocol, client: ClientCodec, round: number): string[] {
  const body = bodyOf(protocol, round);
  const request = readBody(client, body);
  if (request === undefined) return [];
  const again = protocol.encodeRequest(exchangeOf(request, {}, { model: request.model })).body;
  return JSON.stringify(again) === JSON.stringify(body) ? [] : ['the request is another one when it is read back'];
}

function strangeBodyProblems(protocol: Protocol, client: ClientCodec, round: number): string[] {
  const body = mutate(new Random(round), bodyOf(protocol, round));
  if (isJsonObject(body)) readBody(client, body);
  return [];
}

/** The canonical request, or `undefined` where the codec refuses the body with the path of what is wrong. */
function readBody(client: ClientCodec, body: JsonObject): ReturnType<ClientCodec['decodeRequest']> | undefined {
  try {
    return client.decodeRequest(body, { betas: [] });
  } catch (error) {
    if (isInvalidRequest(error) && error.path !== '') return undefined;
    throw error;
  }
}

function streamProblems(subject: Subject, client: ClientCodec, round: number): string[] {
  const events = randomEvents(round);
  const written = runMachine(client.encodeStream(), events);
  return differences(assembleMessage(events), assembleMessage(decode(subject, written)));
}

function answerProblems(subject: Subject, client: ClientCodec, round: number): string[] {
  const answer = assembleMessage(randomEvents(round));
  const body = client.encodeResponse(answer);
  const decoded = subject.protocol.decodeResponse(body, sampleExchange(subject));
  if ('fault' in decoded) return [`reads as a fault: ${decoded.fault.message}`];
  return [...plainJsonProblems(body, 'body'), ...differences(answer, decoded.response)];
}

function differences(expected: CanonicalResponse, found: CanonicalResponse): string[] {
  const parts = (answer: CanonicalResponse): string[] => [
    JSON.stringify(answer.content),
    JSON.stringify(answer.stop_reason),
    JSON.stringify(Object.entries(answer.usage).toSorted(([one], [other]) => (one < other ? -1 : 1))),
  ];
  const other = parts(found);
  return parts(expected).flatMap((part, index) => (part === other[index] ? [] : [`${part} became ${other[index]}`]));
}

function envelopeProblems(client: ClientCodec): string[] {
  return ALL_FAULT_KINDS.flatMap((kind) => {
    const fault = { kind, message: 'prompt is too long: this failed', retryable: false };
    const { status, body } = client.encodeFault(fault, 'request-1');
    const failed: CanonicalEvent = { type: 'error', fault };
    const streamed = runMachine(client.encodeStream(), [failed]);
    const problems = plainJsonProblems(body, `the envelope of ${kind}`);
    if (!(status >= 400 && status <= 599)) problems.push(`${kind} has the status ${status}`);
    if (!JSON.stringify(body).includes(fault.message)) problems.push(`${kind} does not say what happened`);
    if (streamed.length === 0) problems.push(`${kind} is not told in a stream`);
    return problems;
  });
}

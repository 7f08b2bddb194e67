import { isJsonObject, type DecodedResponse, type Fault, type JsonObject, type UpstreamFailure } from '../../index.ts';
import { demandNone, demandOfEach, type Check, type CheckGroup, type Subject } from './check.ts';
import { sampleExchange } from './decoding.ts';
import { ODD_NUMBERS } from './noise-checks.ts';
import { mutate, randomJson, randomObject } from './random-json.ts';
import { Random } from './random.ts';
import { replaceNumbers } from './strings-of.ts';
import { decodedProblems, faultProblems } from './well-formed.ts';

/** Checks what becomes of complete answers. */
export function answerChecks(subject: Subject): CheckGroup {
  const { protocol, answers } = subject;
  const decodeAnswer = (body: JsonObject): DecodedResponse | { fault: Fault } =>
    protocol.decodeResponse(body, sampleExchange(subject));
  const sampleNames = (_answer: JsonObject, position: number): string => `answers[${position}]`;
  const onSamples: readonly Check[] = [
    {
      title: 'reads an answer out of at least one sample',
      run: () =>
        demandNone(answers.some((body) => 'response' in decodeAnswer(body)) ? [] : ['every sample reads as a fault']),
    },
    {
      title: 'reads the samples, the same way every time',
      run: () =>
        demandOfEach(answers, sampleNames, (body) => {
          const decoded = decodeAnswer(body);
          const again = JSON.stringify(decodeAnswer(body)) === JSON.stringify(decoded);
          return [...decodedProblems(decoded), ...(again ? [] : ['read it differently the second time'])];
        }),
    },
  ];
  const anything: Check = {
    title: 'reads any JSON as an answer or a fault',
    run: () =>
      demandOfEach(
        bodiesOf(subject),
        (body) => JSON.stringify(body),
        (body) => decodedProblems(decodeAnswer(body)),
      ),
  };
  const missing = 'decodeResponse on answers, because no sample answers were given';
  return answers.length === 0
    ? { title: 'decodeResponse', checks: [anything], unchecked: [missing] }
    : { title: 'decodeResponse', checks: [...onSamples, anything], unchecked: [] };
}

function* bodiesOf({ answers, rounds, seed }: Subject): Generator<JsonObject> {
  yield {};
  for (const answer of answers) {
    for (const odd of ODD_NUMBERS) yield replaceNumbers(answer, odd) as JsonObject;
  }
  for (let round = 0; round < rounds; round += 1) {
    const random = new Random(seed + round);
    yield randomObject(random);
    if (answers.length === 0) continue;
    const body = mutate(random, random.pick(answers));
    if (isJsonObject(body)) yield body;
  }
}

const STATUSES = [200, 302, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529, 599];

const TEXTS = ['', ' ', '<html><body>502</body></html>', '{"error":', 'Too many requests', '\ud800', '[', 'null', '0'];

/** Words that are no error, but names that every object has. */
const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

const HEADERS: readonly UpstreamFailure['headers'][] = [
  {},
  { 'retry-after': '3' },
  { 'retry-after': 'soon', 'retry-after-ms': '-1' },
  { 'content-type': 'text/html' },
];

/** Checks what becomes of failures. */
export function faultChecks(subject: Subject): CheckGroup {
  const { protocol, failures } = subject;
  const read = (failure: UpstreamFailure): string[] => {
    const fault = protocol.decodeFault(failure);
    const problems = faultProblems(fault);
    if (fault.status !== undefined && fault.status !== failure.status)
      problems.push(`the fault has the status ${fault.status}`);
    return problems;
  };
  const samples: Check = {
    title: 'reads the samples',
    run: () => demandOfEach(failures, (_failure, position) => `failures[${position}]`, read),
  };
  const anything: Check = {
    title: 'reads any status with any body',
    run: () => demandOfEach(failuresOf(subject), (failure) => JSON.stringify(failure), read),
  };
  const missing = 'decodeFault on real failures, because no sample failures were given';
  return failures.length === 0
    ? { title: 'decodeFault', checks: [anything], unchecked: [missing] }
    : { title: 'decodeFault', checks: [samples, anything], unchecked: [] };
}

function* failuresOf({ failures, rounds, seed }: Subject): Generator<UpstreamFailure> {
  for (const word of INHERITED) {
    const fields = { type: word, code: word, status: word };
    yield { status: 400, headers: {}, body: JSON.stringify(fields) };
    yield { status: 400, headers: {}, body: JSON.stringify({ ...fields, error: fields }) };
  }
  for (let round = 0; round < rounds; round += 1) {
    const random = new Random(seed + round);
    const around = { status: random.pick(STATUSES), headers: random.pick(HEADERS) };
    yield { ...around, body: random.pick(TEXTS) };
    yield { ...around, body: JSON.stringify(randomJson(random)) };
    if (failures.length === 0) continue;
    const { body } = random.pick(failures);
    yield { ...around, body: body.slice(0, random.below(body.length + 1)) };
  }
}

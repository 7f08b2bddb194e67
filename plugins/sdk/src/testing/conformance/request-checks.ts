import type { CanonicalRequest, Loss, Quirks } from '../../index.ts';
import { demandOfEach, type Check, type CheckGroup, type Subject } from './check.ts';
import { plainJsonProblems } from './plain-json.ts';
import { CLIENT_MODEL, exchangeOf, randomCircumstances, randomRequest, UPSTREAM_MODEL } from './random-request.ts';
import { isInside, stringsOf } from './strings-of.ts';
import { lossProblems } from './well-formed.ts';

/** One generated request under one set of quirks. */
interface Round {
  readonly seed: number;
  readonly quirks: Quirks;
}

/** Checks that every canonical request becomes a body, and that nothing the user wrote is lost in silence. */
export function requestChecks(subject: Subject): CheckGroup {
  const { protocol } = subject;
  const encode = ({ seed, quirks }: Round, request = randomRequest(seed)) =>
    protocol.encodeRequest(exchangeOf(request, quirks, randomCircumstances(seed)));
  const check = (title: string, attempt: (round: Round) => readonly string[]): Check => ({
    title,
    run: () => demandOfEach(roundsOf(subject), nameOf, attempt),
  });
  return {
    title: 'encodeRequest',
    unchecked: [],
    checks: [
      check('writes every canonical request, and does not change it', (round) => {
        const request = randomRequest(round.seed);
        const before = JSON.stringify(request);
        encode(round, request);
        return JSON.stringify(request) === before ? [] : ['changed the request'];
      }),
      check('writes the same request the same way every time', (round) =>
        JSON.stringify(encode(round)) === JSON.stringify(encode(round)) ? [] : ['wrote it differently the second time'],
      ),
      check('writes plain JSON', (round) => plainJsonProblems(encode(round).body, 'body')),
      check('names the model as the upstream knows it', (round) => modelProblems(encode(round).body)),
      check('records losses that are well formed and quote nothing', (round) =>
        encode(round).losses.flatMap(lossProblems),
      ),
      check('sends every text, or records what became of it', (round) => {
        const { body, losses } = encode(round);
        return missingTexts(randomRequest(round.seed), JSON.stringify(body), losses);
      }),
    ],
  };
}

function* roundsOf({ seed, rounds, quirks }: Subject): Generator<Round> {
  for (let round = 0; round < rounds; round += 1) {
    for (const entries of quirks) yield { seed: seed + round, quirks: entries };
  }
}

function nameOf({ seed, quirks }: Round): string {
  return `request ${seed} with quirks ${JSON.stringify(quirks)}`;
}

/** A protocol whose model stands in the path has none in the body. */
function modelProblems(body: { readonly [field: string]: unknown }): string[] {
  const problems: string[] = [];
  if (body['model'] !== undefined && body['model'] !== UPSTREAM_MODEL)
    problems.push(`the body names the model ${JSON.stringify(body['model'])}`);
  if (JSON.stringify(body).includes(CLIENT_MODEL)) problems.push("the client's name of the model is in the body");
  return problems;
}

function missingTexts(request: CanonicalRequest, body: string, losses: readonly Loss[]): string[] {
  const { system, messages, tools } = request;
  const shown = tools.map((tool) => (tool.kind === 'client' && tool.defer_loading === true ? null : tool));
  // What was only adjusted is still there.
  const gone = losses.filter(({ kind }) => kind !== 'adjusted');
  const missing: string[] = [];
  for (const { path, value } of stringsOf({ system, messages, tools: shown })) {
    const [mark] = /mark\d+z$/.exec(value) ?? [];
    if (mark === undefined || new RegExp(`${mark}(?!\\d)`).test(body)) continue;
    if (!gone.some((loss) => isInside(path, loss.path))) missing.push(`${path} is missing, and no loss says so`);
  }
  return missing;
}

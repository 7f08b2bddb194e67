import type { CanonicalRequest, JsonObject } from '../../index.ts';
import { assistant, call, requestOf, result, tool, user } from '../builders.ts';
import { demandOfEach, type CheckGroup, type Subject } from './check.ts';
import { ODD_IDS } from './odd-values.ts';
import { exchangeOf } from './random-request.ts';
import { stringsOf } from './strings-of.ts';

/**
 * Checks that a call and its result find each other on the wire. Where ids stand there nobody here knows; the strings
 * that change when nothing but an id changes show it. A dialect without ids has none of them.
 */
export function callIdChecks(subject: Subject): CheckGroup {
  const { protocol, quirks } = subject;
  const pairs = ODD_IDS.flatMap((first, position) =>
    ODD_IDS.slice(position + 1).flatMap((second) => quirks.map((entries) => ({ first, second, entries }))),
  );
  return {
    title: 'the ids of calls',
    unchecked: [],
    checks: [
      {
        title: 'are the same at a call and its result, and never those of another call',
        run: () =>
          demandOfEach(
            pairs,
            ({ first, second, entries }) => JSON.stringify([first, second, entries]),
            ({ first, second, entries }) => {
              const encode = (one: string, other: string): JsonObject =>
                protocol.encodeRequest(exchangeOf(conversation(one, other), entries)).body;
              const body = encode(first, second);
              const ofFirst = changedStrings(body, encode('toolu_other', second));
              const ofSecond = changedStrings(body, encode(first, 'toolu_other'));
              const problems = [...ofFirst, ...ofSecond].length === 0 ? [] : [ofFirst, ofSecond].flatMap(pairProblems);
              const shared = ofFirst.some((id) => ofSecond.includes(id));
              return shared ? [...problems, 'two calls have the same id'] : problems;
            },
          ),
      },
    ],
  };
}

function conversation(first: string, second: string): CanonicalRequest {
  return requestOf({
    tools: [tool('Read')],
    messages: [
      user('go'),
      assistant(call(first, 'Read', { part: 1 }), call(second, 'Read', { part: 2 })),
      user(result(first, 'one'), result(second, 'two')),
    ],
  });
}

/** Strings of the first body whose place holds another string in the second, each as often as it stands there. */
export function changedStrings(body: JsonObject, other: JsonObject): string[] {
  const values = new Map([...stringsOf(other)].map(({ path, value }) => [path, value]));
  return [...stringsOf(body)].filter(({ path, value }) => values.get(path) !== value).map(({ value }) => value);
}

function pairProblems(ids: readonly string[]): string[] {
  const isPaired = ids.some((id, position) => ids.indexOf(id) < position);
  return isPaired ? [] : [`a call and its result have no id in common: ${JSON.stringify(ids)}`];
}

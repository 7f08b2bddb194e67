import { expect } from 'chai';
import { errorOf, saidBy, typesOf } from './check-answer.ts';
import type { Answer } from './client.ts';
import { EVERYTHING, type Content } from './dialects/dialect.ts';

/** Within this time happens what must not wait, in milliseconds: the rule is 50, on a machine that does nothing else. */
export const AT_ONCE_MS = 1_500;

/** Expects this content, complete and in order. */
export function expectContent(answer: Answer, content: Content = EVERYTHING): void {
  expect(answer.status, answer.body).to.equal(200);
  expect(typesOf(answer.events), answer.body).not.to.include('error');
  expect(saidBy(answer)).to.deep.equal({
    thinking: content.thinking?.join('') ?? '',
    text: content.text?.join('') ?? '',
    input: content.tool?.pieces.join('') ?? '',
  });
}

/** Expects a stream that broke off: exactly one `error` of this type, and nothing that looks like an end. */
export function expectBroken(answer: Answer, type: RegExp = /^(api_error|overloaded_error|timeout_error)$/): void {
  expect(answer.status).to.equal(200);
  const types = typesOf(answer.events);
  expect(types.filter((each) => each === 'error')).to.have.lengthOf(1);
  expect(types.at(-1)).to.equal('error');
  expect(types).not.to.include('message_stop');
  const { error } = answer.events.at(-1) as unknown as { error: { type: string } };
  expect(error.type).to.match(type);
}

/** Expects a refusal with this status and, where given, this type of error. */
export function expectRefusal(answer: Answer, status: number, type?: string): void {
  expect(answer.status, answer.body).to.equal(status);
  if (type !== undefined) expect(errorOf(answer).error.type).to.equal(type);
}

/** Expects a failure of whatever form is left: a stream that broke off, or a refusal with one of these statuses. */
export function expectFailure(answer: Answer, statuses: readonly number[]): void {
  if (answer.status === 200) expectBroken(answer);
  else expect(statuses, answer.body).to.include(answer.status);
}

/** How many calls of providers the proxy says it made. */
export function attemptsOf(answer: Answer): number {
  return Number(answer.headers['x-claudex-attempts']);
}

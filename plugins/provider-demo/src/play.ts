import { failure, type Outcome } from './reply.ts';
import { LISTED_MODELS, SCENARIOS, type ScenarioId } from './scenarios.ts';
import { breakOff } from './scenarios/cut.ts';
import { fail } from './scenarios/error.ts';
import { talkLong } from './scenarios/long.ts';
import { overflow } from './scenarios/overflow.ts';
import { answerWithPage } from './scenarios/page.ts';
import { thinkFirst } from './scenarios/reasoning.ts';
import { goSlow } from './scenarios/slow.ts';
import { reply } from './script/index.ts';
import type { ChatRequest } from './wire.ts';

type Play = (request: ChatRequest, parameter: string | undefined) => Outcome;

const PLAYS: { readonly [Id in ScenarioId]: Play } = {
  plain: (request) => ({ kind: 'reply', reply: reply(request, 'one') }),
  tools: (request) => ({ kind: 'reply', reply: reply(request, 'parallel') }),
  reasoning: thinkFirst,
  slow: goSlow,
  long: talkLong,
  error: fail,
  overflow,
  cut: (request) => breakOff(request, 'end'),
  reset: (request) => breakOff(request, 'reset'),
  html: answerWithPage,
};

/** Plays the scenario that the request's model name selects; an unknown name is a 404 that lists the known ones. */
export function play(request: ChatRequest): Outcome {
  for (const { id, pattern } of SCENARIOS) {
    const match = pattern.exec(request.model);
    if (match !== null) return PLAYS[id](request, match[1]);
  }
  return failure(404, {
    message: `The model '${request.model}' does not exist. The demo provider has: ${LISTED_MODELS.join(', ')}.`,
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  });
}

import { refusal } from '../support/answers.ts';
import type { Script, Step } from '../support/call.ts';
import { marks, type Dialect } from '../support/dialects/dialect.ts';
import { chunk, LAST_CHUNK, streamHead } from '../support/http-text.ts';
import { markOf } from '../support/marked.ts';
import { reset, send, stall } from '../support/steps.ts';
import type { Ticker } from './ticker.ts';

const FATES = ['reset', 'stall', 'limit', 'half-json', 'overload'] as const;
type Fate = (typeof FATES)[number];

/**
 * Answers with as many numbers as the question asks for, ten a second. `chaos` of the answers have another fate;
 * `random` gives 0 to 1.
 */
export function soakScript(dialect: Dialect, ticker: Ticker, chaos: number, random: () => number): Script {
  return (call) => {
    const events = dialect.events({ text: marks(markOf(call)) });
    if (random() >= chaos) return [...paced(events, ticker), send(LAST_CHUNK)];
    const fate = FATES[Math.floor(random() * FATES.length)] ?? 'reset';
    return endings(dialect, fate, paced(events.slice(0, Math.floor(random() * (events.length - 4))), ticker));
  };
}

function endings(dialect: Dialect, fate: Fate, beginning: readonly Step[]): readonly Step[] {
  switch (fate) {
    case 'reset':
      return [...beginning, reset];
    case 'stall':
      return [...beginning, stall];
    case 'limit':
      return [refusal(dialect, 429, { 'retry-after-ms': '300' }, 'rate_limit_error')];
    case 'half-json':
      return [...beginning, send(chunk('data: {"type":"content_block_delta","choices":[{"del\n\n')), send(LAST_CHUNK)];
    default:
      return [...beginning, send(chunk(dialect.overloaded)), send(LAST_CHUNK)];
  }
}

function paced(events: readonly string[], ticker: Ticker): Step[] {
  const group = ticker.join();
  return [send(streamHead()), ...events.flatMap((event) => [() => ticker.next(group), send(chunk(event))])];
}

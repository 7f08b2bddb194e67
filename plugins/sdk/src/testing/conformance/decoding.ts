import type { CanonicalEvent, CodecContext, SseEvent } from '../../index.ts';
import { requestOf } from '../builders.ts';
import { checkGrammar, isComplete } from '../grammar.ts';
import { runMachine } from '../run-machine.ts';
import type { Subject } from './check.ts';
import { exchangeOf } from './random-request.ts';
import { faultProblems, lossProblems, usageProblems } from './well-formed.ts';

/** The exchange in which samples are read: an empty conversation under the first quirks. */
export function sampleExchange({ quirks }: Subject, more: Partial<CodecContext> = {}): CodecContext {
  return exchangeOf(requestOf({ stream: true }), quirks[0] ?? {}, more);
}

/** What a protocol makes of a stream. */
export function decode(
  subject: Subject,
  events: readonly SseEvent[],
  context: CodecContext = sampleExchange(subject),
): CanonicalEvent[] {
  return runMachine(subject.protocol.decodeStream(context), events);
}

/** What is wrong with decoded events: their grammar, and what they carry. */
export function eventProblems(events: readonly CanonicalEvent[]): string[] {
  const problems = checkGrammar(events);
  for (const event of events) {
    if (event.type === 'error') problems.push(...faultProblems(event.fault));
    if (event.type === 'loss') problems.push(...lossProblems(event.loss));
    if (event.type === 'message_start' || event.type === 'message_delta') problems.push(...usageProblems(event.usage));
  }
  return problems;
}

/** What is wrong with decoded events that end with a failure although nothing said so, or the other way round. */
export function endingProblems(events: readonly CanonicalEvent[]): string[] {
  const errors = events.filter(({ type }) => type === 'error').length;
  if (isComplete(events)) return [];
  return errors === 1 ? [] : [`an answer that is not complete ends with ${errors} errors`];
}

/** One block of a stream, with its deltas joined. */
export interface StreamedBlock {
  readonly type: string;
  /** The name of a call, else empty. */
  readonly name: string;
  /** Text, thinking, or the JSON of an input. */
  content: string;
  closed: boolean;
}

/** The blocks of a stream in their order. */
export function blocksOf(events: readonly CanonicalEvent[]): StreamedBlock[] {
  const blocks: StreamedBlock[] = [];
  for (const event of events) {
    if (event.type === 'content_block_start') {
      const { content_block: opening } = event;
      const name = 'name' in opening ? opening.name : '';
      blocks.push({ type: opening.type, name, content: '', closed: false });
    }
    const last = blocks.at(-1);
    if (last === undefined) continue;
    if (event.type === 'content_block_stop') last.closed = true;
    if (event.type !== 'content_block_delta') continue;
    const { delta } = event;
    if (delta.type === 'text_delta') last.content += delta.text;
    if (delta.type === 'thinking_delta') last.content += delta.thinking;
    if (delta.type === 'input_json_delta') last.content += delta.partial_json;
  }
  return blocks;
}

/** How a stream ended: its stop reason, or `undefined` when it did not. */
export function stopReasonOf(events: readonly CanonicalEvent[]): string | null | undefined {
  const ending = events.find((event) => event.type === 'message_delta');
  return ending?.type === 'message_delta' ? ending.stop_reason : undefined;
}

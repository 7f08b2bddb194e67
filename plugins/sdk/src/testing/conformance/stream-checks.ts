import type { CanonicalEvent, SseEvent } from '../../index.ts';
import { isComplete } from '../grammar.ts';
import { truncations } from '../sequences.ts';
import { demandNone, demandOfEach, type Check, type CheckGroup, type Subject } from './check.ts';
import { blocksOf, decode, endingProblems, eventProblems, sampleExchange, stopReasonOf } from './decoding.ts';
import { GARBAGE } from './noise-checks.ts';

type Sample = readonly SseEvent[];

/** Checks what becomes of the sample streams, whole, cut short, and read further than they go. */
export function streamChecks(subject: Subject): CheckGroup {
  const { streams } = subject;
  const check = (title: string, attempt: (sample: Sample) => readonly string[]): Check => ({
    title,
    run: () => demandOfEach(streams, nameOf, attempt),
  });
  if (streams.length === 0)
    return { title: 'decodeStream', checks: [], unchecked: ['decodeStream, because no sample streams were given'] };
  return {
    title: 'decodeStream',
    unchecked: [],
    checks: [
      { title: 'reads a complete answer out of at least one sample', run: () => demandCompleteSample(subject) },
      check('keeps the grammar', (sample) => eventProblems(decode(subject, sample))),
      check('reads the same stream the same way every time', (sample) =>
        JSON.stringify(decode(subject, sample)) === JSON.stringify(decode(subject, sample))
          ? []
          : ['read it differently the second time'],
      ),
      check('ends a stream that is cut short with exactly one error, and never makes up an ending', (sample) =>
        truncationProblems(subject, sample),
      ),
      check('says nothing more after the end', (sample) => echoProblems(subject, sample)),
      check('is settled only once everything that matters has come', (sample) => settlingProblems(subject, sample)),
      check('uses no id of a call that the conversation has already', (sample) => repeatedIds(subject, sample)),
    ],
  };
}

function nameOf(_sample: Sample, position: number): string {
  return `streams[${position}]`;
}

function demandCompleteSample(subject: Subject): void {
  const complete = subject.streams.some((sample) => isComplete(decode(subject, sample)));
  demandNone(complete ? [] : ['every sample ends with an error']);
}

/** What was cut may have been the last word or not: then all that was said must be there, and the same ending. */
function truncationProblems(subject: Subject, sample: Sample): string[] {
  const whole = decode(subject, sample);
  return [...truncations(sample)].flatMap((events) => {
    const cut = decode(subject, events);
    const problems = [...eventProblems(cut), ...endingProblems(cut), ...closedCallProblems(cut, whole)];
    if (isComplete(cut) && !saysTheSame(cut, whole)) problems.push('the answer looks complete, but is not all of it');
    return problems.map((problem) => `cut after ${events.length} events: ${problem}`);
  });
}

function saysTheSame(one: readonly CanonicalEvent[], other: readonly CanonicalEvent[]): boolean {
  return (
    isComplete(one) === isComplete(other) &&
    stopReasonOf(one) === stopReasonOf(other) &&
    JSON.stringify(blocksOf(one)) === JSON.stringify(blocksOf(other))
  );
}

/** A call that is closed is run by the client, so it must be all of the call. */
function closedCallProblems(cut: readonly CanonicalEvent[], whole: readonly CanonicalEvent[]): string[] {
  const expected = blocksOf(whole);
  return blocksOf(cut).flatMap((block, index) => {
    if (block.type !== 'tool_use' || !block.closed) return [];
    const same = JSON.stringify(expected[index]) === JSON.stringify(block);
    return same ? [] : [`the call in block ${index} is closed, but not complete`];
  });
}

function echoProblems(subject: Subject, sample: Sample): string[] {
  const machine = subject.protocol.decodeStream(sampleExchange(subject));
  const events = sample.flatMap((event) => machine.push(event));
  const isOver = events.some(({ type }) => type === 'message_stop' || type === 'error');
  const late = [...sample, ...GARBAGE];
  const more = isOver ? [...late.flatMap((event) => machine.push(event)), ...machine.end()] : [];
  return more.filter(({ type }) => type !== 'ping' && type !== 'loss').map(({ type }) => `${type} follows the end`);
}

function settlingProblems(subject: Subject, sample: Sample): string[] {
  const machine = subject.protocol.decodeStream(sampleExchange(subject));
  const events: CanonicalEvent[] = [];
  for (const event of sample) {
    events.push(...machine.push(event));
    if (machine.settled === true) break;
  }
  events.push(...machine.end());
  return saysTheSame(events, decode(subject, sample)) ? [] : ['an answer that is ended when settled lacks something'];
}

/** Decodes the sample in a conversation that already has the very calls it makes. */
function repeatedIds(subject: Subject, sample: Sample): string[] {
  const first = idsOf(decode(subject, sample));
  const calls = first.map((id) => ({ type: 'tool_use' as const, id, name: 'Read', input: {} }));
  const context = sampleExchange(subject);
  const request = { ...context.request, messages: [{ role: 'assistant' as const, content: calls }] };
  const again = idsOf(decode(subject, sample, { ...context, request }));
  return again.filter((id) => first.includes(id)).map((id) => `the id ${id} is used again`);
}

function idsOf(events: readonly CanonicalEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'content_block_start' && event.content_block.type === 'tool_use' ? [event.content_block.id] : [],
  );
}

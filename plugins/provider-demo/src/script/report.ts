import type { AnsweredCall, Conversation } from './conversation.ts';
import { readListing, type Listing } from './listing.ts';
import { firstLines, judgeResult } from './tool-results.ts';

const MOST_NAMES = 12;
const MOST_LINES = 3;
const LONGEST_LINE = 100;

/** Says what the tools returned, and what they did not, in the order of the calls. */
export function report(conversation: Conversation): string {
  const [first = [], ...later] = conversation.rounds;
  const paragraphs = [reportListing(first, readListing(conversation)), ...later.flat().map(reportReading)];
  return paragraphs.join('\n\n');
}

function reportListing(calls: readonly AnsweredCall[], listing: Listing): string {
  const troubles = calls.map(troubleOf).filter((trouble) => trouble !== undefined);
  if (troubles.length > 0) return troubles.join('\n');
  const names = listing.entries.map((entry) => (entry.isFolder ? `${entry.name}/` : entry.name));
  const place = listing.folder === undefined ? 'the folder' : `the folder ${listing.folder}`;
  if (names.length === 0) return `I looked at ${place} and saw nothing in it.`;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `I listed ${place} and saw ${names.length === 1 ? 'one entry' : `${names.length} entries`}: ${shown}${more}.`;
}

function reportReading(call: AnsweredCall): string {
  const trouble = troubleOf(call);
  if (trouble !== undefined) return trouble;
  const lines = firstLines(call.result ?? '', MOST_LINES).map((line) => `> ${shorten(line)}`);
  const what = subjectOf(call);
  return lines.length === 0 ? `I read ${what}; it is empty.` : `I read ${what}. It begins:\n${lines.join('\n')}`;
}

function troubleOf(call: AnsweredCall): string | undefined {
  const outcome = judgeResult(call.result);
  if (outcome.kind === 'ok') return undefined;
  if (outcome.kind === 'missing') return `I asked for ${call.name}, but no result came back.`;
  const what = outcome.kind === 'refused' ? 'permission was refused' : 'it failed';
  return `I asked for ${call.name}, but ${what}: ${shorten(outcome.reason)}`;
}

function subjectOf(call: AnsweredCall): string {
  const path = call.arguments['file_path'];
  if (typeof path === 'string') return path.split(/[\\/]/).at(-1) ?? path;
  return /-- '.*?([^/']+)'$/.exec(String(call.arguments['command']))?.[1] ?? `the result of ${call.name}`;
}

function shorten(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
}

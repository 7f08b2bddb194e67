import { messageOf, usageError, type ClaudexError } from '../errors/index.ts';

/** What the framework's parser found wrong with the arguments, as one of our errors; undefined for anything else. */
export function usageErrorOf(thrown: unknown, command: string): ClaudexError | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('oclif' in thrown)) return undefined;
  // This is how a flag ends a command that has done its work.
  if ('code' in thrown && thrown.code === 'EEXIT') return undefined;
  return usageError('usage', clauseOf(messageOf(thrown)), `"${command} --help" shows how it is used.`);
}

/** The framework writes several lines: what is wrong, a list with descriptions, and where help is. */
function clauseOf(message: string): string {
  const lines = message.split('\n').filter((line) => !line.startsWith('See more help'));
  const clause = lines.map((line) => line.trim().split(/\s{2,}|\t/, 1)[0] ?? '').join(' ');
  const [, flag, rest] = /^Parsing (--\S+) (.*)$/.exec(clause) ?? [];
  return flag === undefined ? lowered(clause.trim()) : `${flag}: ${lowered(rest ?? '')}`;
}

function lowered(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Flags of claude after which it starts no conversation on the terminal. */
const NOT_INTERACTIVE = new Set(['-p', '--print', '-v', '--version', '-h', '--help']);
/** Flags that say which conversation is meant. The value of one that may go without begins with no dash. */
const WHICH_CONVERSATION = new Map<string, 'value' | 'perhaps' | 'none'>([
  ['--resume', 'perhaps'],
  ['-r', 'perhaps'],
  ['--session-id', 'value'],
  ['--continue', 'none'],
  ['-c', 'none'],
  ['--fork-session', 'none'],
]);

/** Whether claude talks with a person when it is started like this. */
export function isInteractive(
  claudeArguments: readonly string[],
  terminal: { readonly stdin: boolean; readonly stdout: boolean },
): boolean {
  const ends = claudeArguments.indexOf('--');
  const flags = ends < 0 ? claudeArguments : claudeArguments.slice(0, ends);
  return terminal.stdin && terminal.stdout && !flags.some((flag) => NOT_INTERACTIVE.has(flag));
}

/**
 * Claude's arguments for going on with a conversation: those of its beginning, without the ones that say which it is and
 * without the first prompt, as far as that can be told from the value of a flag.
 */
export function argumentsToResume(claudeArguments: readonly string[], conversation: string): string[] {
  const kept: string[] = [];
  const prompts = claudeArguments[0]?.startsWith('-') === false ? 1 : 0;
  for (let position = prompts; position < claudeArguments.length; position += 1) {
    const argument = claudeArguments[position] ?? '';
    // Behind it there are only prompts.
    if (argument === '--') break;
    const [name = ''] = argument.split('=', 1);
    const takes = WHICH_CONVERSATION.get(name);
    if (takes === undefined) kept.push(argument);
    else if (name === argument && isValue(takes, claudeArguments[position + 1])) position += 1;
  }
  return ['--resume', conversation, ...kept];
}

function isValue(takes: 'value' | 'perhaps' | 'none', next: string | undefined): boolean {
  return takes === 'value' || (takes === 'perhaps' && next?.startsWith('-') === false);
}

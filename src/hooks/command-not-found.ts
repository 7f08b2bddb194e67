import type { Config } from '@oclif/core';
import { nearest } from '../config/index.ts';
import { loadEveryPlugin } from '../registry/index.ts';
import { reportFailure } from '../terminal/index.ts';

/** What the framework hands to the hook: `id` are the words that were taken for a command, joined by colons. */
interface NotFound {
  readonly id: string;
  readonly argv?: readonly string[];
  readonly config: Config;
}

/**
 * Runs the command of a plugin that had not been looked for yet; else says what is wrong with a command that does not
 * exist, as every wrong usage: exit code 2, JSON with `--json`.
 */
export default async function commandNotFound(words: NotFound): Promise<unknown> {
  const { id, argv = [], config } = words;
  return (await loadEveryPlugin(config)) ? config.runCommand(id, [...argv]) : refuse(words);
}

function refuse({ id, argv = [], config }: NotFound): never {
  const asJson = argv.includes('--json');
  const words = id.split(':');
  const known = longestKnown(words, config.commandIDs);
  const message =
    known.length > 0
      ? `"${config.bin} ${known.join(' ')}" takes no argument "${words[known.length] ?? ''}"`
      : `"${words.join(' ')}" is not a command of ${config.bin}`;
  const meant = known.length > 0 ? undefined : nearestCommand(words, config.commandIDs);
  const help = `${config.bin} ${known.length > 0 ? `${known.join(' ')} ` : ''}--help`;
  const remedy =
    meant === undefined
      ? `"${help}" shows what there is.`
      : `Did you mean "${config.bin} ${meant}"? "${help}" shows all.`;
  reportFailure({ code: 'usage', message, remedy }, asJson);
  process.exit(2);
}

/** The longest beginning of the words that is a command by itself. */
function longestKnown(words: readonly string[], commands: readonly string[]): readonly string[] {
  for (let length = words.length - 1; length > 0; length -= 1) {
    const beginning = words.slice(0, length);
    if (commands.includes(beginning.join(':'))) return beginning;
  }
  return [];
}

/** The command that was probably meant: by all words, or by fewer, when the others are its arguments. */
function nearestCommand(words: readonly string[], commands: readonly string[]): string | undefined {
  for (let length = words.length; length > 0; length -= 1) {
    const found = nearest(words.slice(0, length).join(':'), commands);
    if (found !== undefined) return found.replaceAll(':', ' ');
  }
  return undefined;
}

import { nearest, printable } from '../config/index.ts';
import { usageError } from '../errors/index.ts';
import { canAsk, terminalPrompts } from './prompts/terminal-prompts.ts';
import { ClaudexCommand } from './claudex-command.ts';

/**
 * A topic without the word that says what to do: a person picks one of its commands from a list; everybody else gets the
 * help of the topic.
 */
export abstract class TopicCommand extends ClaudexCommand {
  static override hidden = true;
  static override strict = false;
  static override enableJsonFlag = true;

  async run(): Promise<void> {
    // Spelled out: the framework reads only what a class has itself.
    const { baseFlags, enableJsonFlag, strict } = TopicCommand;
    const { argv } = await this.parse({ baseFlags, enableJsonFlag, strict, flags: {} });
    const topic = this.id ?? '';
    const commands = this.config.commands
      .filter(({ id, hidden }) => !hidden && id.startsWith(`${topic}:`))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const [word] = argv as string[];
    if (word !== undefined) throw this.#unknown(word, commands);
    if (this.jsonEnabled())
      throw usageError('usage', `"${this.config.bin} ${topic}" needs one of its commands`, this.#help());
    if (!canAsk()) return this.config.runCommand('help', [topic]);
    const chosen = await terminalPrompts.select({
      message: `What is to be done with "${this.config.bin} ${topic}"?`,
      choices: commands.map(({ id, summary = '' }) => ({
        value: id,
        name: `${id.slice(topic.length + 1).padEnd(10)} ${summary}`,
        short: id.slice(topic.length + 1),
      })),
    });
    await this.config.runCommand(chosen, []);
  }

  #unknown(word: string, commands: readonly { readonly id: string }[]): Error {
    const { bin } = this.config;
    const topic = this.id ?? '';
    const meant = nearest(
      word,
      commands.map(({ id }) => id.slice(topic.length + 1)),
    );
    const help = this.#help();
    return usageError(
      'usage',
      `"${printable(`${topic} ${word}`)}" is not a command of ${bin}`,
      meant === undefined ? help : `Did you mean "${bin} ${topic} ${meant}"? ${help}`,
    );
  }

  #help(): string {
    return `"${this.config.bin} ${this.id ?? ''} --help" shows what there is.`;
  }
}

/** Words that a command's name has at most. Behind those of `run` everything may be claude's. */
const MOST_WORDS = 2;

/**
 * Puts the flags of every command, `--config PATH` and `--json`, behind the command's name: oclif looks for a command in the
 * very first words, but people also write `claudex --config PATH profile list`.
 */
export function flagsBehindCommand(given: readonly string[]): string[] {
  const words: string[] = [];
  const flags: string[] = [];
  let index = 0;
  for (; index < given.length && words.length < (words[0] === 'run' ? 1 : MOST_WORDS); index += 1) {
    const word = given[index] ?? '';
    if (!word.startsWith('-')) words.push(word);
    else if (word === '--json' || word.startsWith('--config=')) flags.push(word);
    else if (word === '--config') flags.push(word, ...given.slice((index += 1), index + 1));
    else break;
  }
  return [...words, ...flags, ...given.slice(index)];
}

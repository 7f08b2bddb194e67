import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-files.ts';

/** What a manifest says of a command, as `--help` prints it. */
export interface KnownCommand {
  readonly flags: {
    readonly [name: string]: { readonly char?: string; readonly type: string; readonly allowNo?: boolean };
  };
  readonly aliases?: readonly string[];
  /** False when everything that is no flag of ours is passed on. */
  readonly strict?: boolean;
}

/** The program's own flags, which work without a command. */
const GLOBAL_FLAGS = new Set(['--help', '-h', '--version', '-v']);
const FLAGS_OF_EVERY_COMMAND = ['--help', '-h'];

const MANIFESTS = [
  'oclif.manifest.json',
  ...['autocomplete', 'help', 'plugins'].map((name) => `node_modules/@oclif/plugin-${name}/oclif.manifest.json`),
];

/** Every command and alias, with spaces between its words, of the program and the oclif plugins in it. */
export function knownCommands(): Map<string, KnownCommand> {
  const known = new Map<string, KnownCommand>();
  for (const file of MANIFESTS) {
    const { commands } = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as {
      commands: Record<string, KnownCommand>;
    };
    for (const [id, command] of Object.entries(commands)) {
      for (const name of [id, ...(command.aliases ?? [])]) known.set(name.replaceAll(':', ' '), command);
    }
  }
  return known;
}

/** What is wrong with a line such as `claudex run --dry-run demo`, or undefined. Placeholders like `<name>` fit anything. */
export function problemOf(line: string, commands: ReadonlyMap<string, KnownCommand>): string | undefined {
  const words = line.split(/\s+/).slice(1);
  const first = words[0];
  if (first === undefined || first === '…' || first === '...' || first.startsWith('<')) return undefined;
  if (first.startsWith('-')) return GLOBAL_FLAGS.has(first) ? undefined : `no flag ${first}`;
  const length = [4, 3, 2, 1].find((count) => commands.has(words.slice(0, count).join(' ')));
  if (length === undefined) {
    const isTopic = [...commands.keys()].some((name) => name.startsWith(`${words.join(' ')} `));
    return isTopic || words[1] === '<command>' ? undefined : 'no such command';
  }
  const name = words.slice(0, length).join(' ');
  const command = commands.get(name);
  return command && wrongFlag(name, command, words.slice(length));
}

function wrongFlag(name: string, command: KnownCommand, words: readonly string[]): string | undefined {
  const allowed = new Set(FLAGS_OF_EVERY_COMMAND);
  const taking = new Set<string>();
  for (const [flag, { char, type, allowNo }] of Object.entries(command.flags)) {
    const spellings = [`--${flag}`, ...(char === undefined ? [] : [`-${char}`]), ...(allowNo ? [`--no-${flag}`] : [])];
    for (const spelling of spellings) {
      allowed.add(spelling);
      if (type === 'option') taking.add(spelling);
    }
  }
  let positional = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = (words[index] ?? '').replace(/^\[|\]$/g, '').split('=')[0] ?? '';
    if (word === '--') return undefined;
    // A dash alone stands for stdin.
    if (word === '-' || !word.startsWith('-')) positional += 1;
    // After the profile come the client's own arguments.
    else if (name === 'run' && positional > 0 && !allowed.has(word)) return undefined;
    else if (!allowed.has(word)) return `${name} has no flag ${word}`;
    else if (taking.has(word)) index += 1;
  }
  return undefined;
}

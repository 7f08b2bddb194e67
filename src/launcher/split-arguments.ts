/** The arguments of `claudex run`, taken apart. */
export interface RunArguments {
  readonly profile?: string;
  readonly model?: string;
  readonly configFile?: string;
  readonly hyperlinks: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Whether our own help was asked for, in front of the profile. */
  readonly help: boolean;
  /** Everything that belongs to claude, untouched. */
  readonly claudeArguments: readonly string[];
  /** Why the arguments make no sense, in one sentence. */
  readonly problem?: string;
}

type Ours = { -readonly [Key in keyof RunArguments]: RunArguments[Key] };

const SWITCHES = new Map<string, 'hyperlinks' | 'dryRun' | 'json'>([
  ['--hyperlinks', 'hyperlinks'],
  ['--dry-run', 'dryRun'],
  ['--json', 'json'],
]);

const VALUES = new Map<string, 'model' | 'configFile'>([
  ['-m', 'model'],
  ['--model', 'model'],
  ['--config', 'configFile'],
]);

/**
 * Takes our flags from both sides of the profile. The first token after the profile that is not one of them
 * starts claude's own arguments; from there on nothing is looked at. A `--` at that point is dropped. Never
 * throws: the caller decides how to report `problem`.
 */
export function splitRunArguments(argv: readonly string[]): RunArguments {
  const result: Ours = { hyperlinks: false, dryRun: false, json: false, help: false, claudeArguments: [] };
  let position = 0;
  for (; position < argv.length; position += 1) {
    const token = argv[position] ?? '';
    const [name, inline] = nameAndValue(token);
    const toggle = SWITCHES.get(name);
    const value = VALUES.get(name);
    if (toggle !== undefined) {
      if (inline !== undefined) return { ...result, problem: `${name} takes no value` };
      result[toggle] = true;
    } else if (value !== undefined) {
      const given = inline ?? argv[(position += 1)];
      if (given === undefined || given === '') return { ...result, problem: `${name} needs a value` };
      result[value] = given;
    } else if (result.profile !== undefined) {
      break;
    } else if (token === '-h' || token === '--help') {
      return { ...result, help: true };
    } else if (token === '--') {
      return { ...result, problem: "the profile comes first: claudex run PROFILE -- [claude's arguments]" };
    } else if (token.startsWith('-')) {
      return {
        ...result,
        problem: `${token} is not a flag of "claudex run"; claude's own arguments follow the profile`,
      };
    } else {
      result.profile = token;
    }
  }
  if (result.profile === undefined)
    return { ...result, problem: "the profile is missing: claudex run PROFILE [claude's arguments]" };
  return { ...result, claudeArguments: argv.slice(argv[position] === '--' ? position + 1 : position) };
}

/**
 * Marks where claude's arguments begin, so that a `--help` among them is not taken for ours. Takes and returns
 * the whole command line without the program.
 */
export function guardClaudeArguments(commandLine: readonly string[]): string[] {
  const [command, ...argv] = commandLine;
  const { claudeArguments, problem } = splitRunArguments(argv);
  const ours = argv.slice(0, argv.length - claudeArguments.length);
  if (command !== 'run' || problem !== undefined || claudeArguments.length === 0 || ours.at(-1) === '--')
    return [...commandLine];
  return [command, ...ours, '--', ...claudeArguments];
}

/** What claude is started with: `--no-chrome` in front, unless the user asked for the browser. */
export function claudeArgumentsOf(given: readonly string[]): string[] {
  return given.includes('--chrome') ? [...given] : ['--no-chrome', ...given];
}

/** Takes `--name=value` apart, and `-mvalue` and `-m=value` of the one short flag that has a value. */
function nameAndValue(token: string): [string, string | undefined] {
  if (token.startsWith('-m') && token !== '-m') return ['-m', token.slice(token[2] === '=' ? 3 : 2)];
  const at = token.startsWith('--') ? token.indexOf('=') : -1;
  return at < 0 ? [token, undefined] : [token.slice(0, at), token.slice(at + 1)];
}

import { printable } from '../config/index.ts';
import { canAsk, terminalPrompts } from './prompts/terminal-prompts.ts';

/** An argument that a command needs and was not given. */
interface MissingArgument {
  readonly name: string;
  readonly description?: string;
}

/** What the framework's parser throws when arguments are missing, as far as it matters. */
interface MissingArguments {
  readonly args: readonly MissingArgument[];
  readonly parse?: { readonly output?: { readonly flags?: { readonly config?: string; readonly json?: boolean } } };
}

/** Arguments that are chosen from the profiles there are. */
const PROFILE_ARGUMENTS: ReadonlySet<string> = new Set(['profile', 'profiles']);

/**
 * Asks a person for the arguments that are missing, instead of telling what to type; those of a profile are picked from a
 * list. Undefined when nobody can be asked, or the error is another one.
 */
export async function askForMissing(
  error: unknown,
  profilesOf: (configFile: string | undefined) => Promise<readonly string[]>,
): Promise<string[] | undefined> {
  if (!isAboutMissing(error) || !canAsk() || error.parse?.output?.flags?.json === true) return undefined;
  const given: string[] = [];
  for (const { name, description } of error.args) {
    const profiles = PROFILE_ARGUMENTS.has(name) ? await profilesOf(error.parse?.output?.flags?.config) : [];
    given.push(await askForOne(description ?? name, profiles));
  }
  return given;
}

function askForOne(message: string, choices: readonly string[]): Promise<string> {
  if (choices.length > 0)
    return terminalPrompts.select({
      message,
      choices: choices.map((value) => ({ value, name: printable(value) })),
    });
  return terminalPrompts.text({
    message,
    check: (answer) => (answer === '' ? 'Something is needed here.' : undefined),
  });
}

/** Not told by the name of its class, which a bundler may change: other errors of the parser list texts, or have no list. */
function isAboutMissing(error: unknown): error is MissingArguments {
  if (!(error instanceof Error) || !('args' in error) || !Array.isArray(error.args)) return false;
  const missing: readonly unknown[] = error.args;
  return missing.length > 0 && missing.every((one) => typeof one === 'object' && one !== null && 'name' in one);
}

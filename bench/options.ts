import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
  /** Fewer rounds and smaller loads: good for a look, not for a decision. */
  readonly quick: boolean;
  /** Names of the benches to run, in the order of the table. */
  readonly only: readonly string[];
  /** Also print, for each load on the proxy, where its time went. */
  readonly profile: boolean;
}

/** The command line makes no sense; the message says what would. */
export class UsageError extends Error {}

/** Reads the command line. `names` are the benches there are. Throws a {@link UsageError}. */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const { quick, only, profile } = parse(args);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new UsageError(`there is no bench "${unknown.join('", "')}"; there are: ${names.join(', ')}`);
  return { quick, profile, only: only.length === 0 ? names : names.filter((name) => only.includes(name)) };
}

function parse(args: readonly string[]): { quick: boolean; only: string[]; profile: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
        profile: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${problem}\nFlags: --quick, --only <name> (more than once), --profile`);
  }
}

import { parseArgs } from 'node:util';

/** What a soak is asked to do. */
export interface SoakOptions {
  readonly minutes: number;
  /** Streams that run at the same time. */
  readonly streams: number;
  /** Share of the provider's answers that fail in some way, 0 to 1. */
  readonly chaos: number;
  /** Decides which answers fail, and how. */
  readonly seed: number;
}

/** Reads the command line. Throws with the name of an option that makes no sense. */
export function readSoakOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      streams: { type: 'string', default: '500' },
      chaos: { type: 'string', default: '0.05' },
      seed: { type: 'string', default: '1' },
    },
  });
  const options = {
    minutes: Number(values.minutes),
    streams: Number(values.streams),
    chaos: Number(values.chaos),
    seed: Number(values.seed),
  };
  check('--minutes', options.minutes > 0);
  check('--streams', Number.isInteger(options.streams) && options.streams > 0);
  check('--chaos', options.chaos >= 0 && options.chaos <= 1);
  check('--seed', Number.isInteger(options.seed));
  return options;
}

function check(name: string, isSound: boolean): void {
  if (!isSound) throw new Error(`${name}: this number makes no sense`);
}

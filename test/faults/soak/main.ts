import { MIB } from '../support/process-figures.ts';
import { runSoak, type SoakResult } from './run-soak.ts';
import { slopeOf, type Sample } from './samples.ts';
import { readSoakOptions } from './soak-options.ts';
import { isSpotless, type Tally } from './tally.ts';

const options = readSoakOptions(process.argv.slice(2));
say(`${options.streams} streams for ${options.minutes} min, ${options.chaos * 100} % of the answers fail`);
const result = await runSoak(options, (sample, tally) => say(lineOf(sample, tally)));
for (const line of summaryOf(result)) say(line);
process.exitCode = isSpotless(result.tally) ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function lineOf(sample: Sample, { complete, broken, refused, events }: Tally): string {
  const seconds = `${Math.round(sample.at / 1000)} s`.padStart(6);
  return `${seconds}  ${usage(sample)}  ${complete} complete, ${broken + refused} failed, ${events} events`;
}

function summaryOf({ tally, samples, before, after }: SoakResult): string[] {
  const { complete, broken, refused, lost, doubled, reordered, invalid, hanging, events } = tally;
  const slope = slopeOf(samples);
  const most = Math.max(0, ...samples.map(({ descriptors }) => descriptors));
  return [
    `answers: ${complete} complete, ${broken} ended with one error, ${refused} refused; ${events} events`,
    `lost ${lost}, doubled ${doubled}, reordered ${reordered}, invalid ${invalid}, hanging ${hanging}`,
    `before: ${before ? usage(before) : 'unknown'}; after: ${after ? usage(after) : 'unknown'}; at most ${most} files`,
    `slope after minute 2: ${slope === undefined ? 'too short to tell' : `${slope.toFixed(2)} MiB/min`}`,
  ];
}

function usage({ memory, descriptors }: Sample): string {
  return `${(memory / MIB).toFixed(1)} MiB, ${descriptors} files`;
}

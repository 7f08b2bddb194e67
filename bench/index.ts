import { GROUPS } from './groups.ts';
import { FULL, QUICK } from './measure/effort.ts';
import { readOptions, UsageError, type Options } from './options.ts';
import { pinSelf } from './processes/pinning.ts';
import type { Row } from './report/row.ts';
import { tableOf } from './report/table.ts';
import { writeResults } from './report/write-results.ts';

const names = GROUPS.flatMap((group) => group.names);

try {
  await main(readOptions(process.argv.slice(2), names));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function main({ quick, only, profile }: Options): Promise<void> {
  const startedAt = performance.now();
  const effort = quick ? QUICK : FULL;
  const pinning = pinSelf();
  if (!pinning) tell('No taskset or only one core: nothing is pinned, so take the figures with more salt.');
  const rows: Row[] = [];
  for (const group of GROUPS) {
    const chosen = group.names.filter((name) => only.includes(name));
    if (chosen.length > 0) rows.push(...(await group.run(chosen, { effort, pinning, profile, tell })));
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(`\n${tableOf(rows)}\n`);
  process.stdout.write(
    `Ratios are medians of ${effort.rounds} or more rounds, those of memory single ones; only they mean something beyond this machine.\n`,
  );
  process.stdout.write(
    `${seconds} s, Node ${process.version}, written to ${writeResults(rows, { effort, pinning, seconds })}\n`,
  );
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

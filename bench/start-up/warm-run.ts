import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Effort } from '../measure/effort.ts';
import { runRounds, type Figures } from '../measure/rounds.ts';
import { startServer } from '../processes/measured-server.ts';
import type { OwnHome } from '../processes/own-home.ts';
import type { Pinning } from '../processes/pinning.ts';
import { runMeasured } from '../processes/run-measured.ts';
import { CLAUDEX, claudexArguments } from '../proxy/programs.ts';
import { compare, type Row } from '../report/row.ts';

const TARGET = 4;
const SAID = 'claude was started';

/**
 * CPU time of `claudex run` itself while the proxy runs already: up to the start of claude, and from its end on. The claude
 * is a script that prints one line.
 */
export async function runWarmRun(home: OwnHome, pinning: Pinning | undefined, effort: Effort): Promise<Row[]> {
  const claude = join(home.folder, 'claude');
  writeFileSync(claude, `#!/bin/sh\necho ${SAID}\n`, { mode: 0o700 });
  const { environment: own, folder: workingFolder } = home;
  const args = await claudexArguments();
  const server = await startServer({ args, environment: own, workingFolder, logFile: home.proxyLogFile, pinning });
  const environment = { ...own, CLAUDEX_PROXY_PORT: String(server.port), CLAUDEX_CLAUDE_BINARY: claude };
  const visit = (nodeArgs: readonly string[], says: string) => async (): Promise<Figures> => {
    const { cpuMs, output } = await runMeasured(nodeArgs, { environment, workingFolder, pinning });
    if (!output.includes(says)) throw new Error(`claude was not started: ${output}`);
    return { cpu: cpuMs };
  };
  try {
    const bare = visit(['-e', '0'], '');
    const run = visit([CLAUDEX, 'run', 'translated'], SAID);
    const samples = await runRounds({ 'node -e 0': bare, 'node -e 0 again': bare, run }, effort.shortRounds);
    const between = { subject: 'run', against: 'node -e 0', control: ['node -e 0', 'node -e 0 again'] } as const;
    const measure = 'CPU, ms, claudex run';
    return [compare(samples, { bench: 'warm-run', key: 'cpu', measure, ...between, target: TARGET })];
  } finally {
    await server.stop();
  }
}

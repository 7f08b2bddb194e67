import type { Effort } from '../measure/effort.ts';
import { runRounds, type Figures } from '../measure/rounds.ts';
import type { OwnHome } from '../processes/own-home.ts';
import type { Pinning } from '../processes/pinning.ts';
import { runMeasured } from '../processes/run-measured.ts';
import { CLAUDEX } from '../proxy/programs.ts';
import { compare, type Row } from '../report/row.ts';

const BARE = ['-e', '0'];
const TARGET = 3.3;

/** Commands that only read, and a word their output must contain. */
export const COMMANDS = {
  'claudex --version': { args: ['--version'], says: 'claudex/' },
  'claudex --help': { args: ['--help'], says: 'USAGE' },
  'claudex profile list': { args: ['profile', 'list'], says: 'translated' },
  'claudex config get': { args: ['config', 'get', 'profiles.passed.default_model'], says: 'bench-model' },
  'claudex proxy status': { args: ['proxy', 'status'], says: 'proxy runs on port' },
} as const;

/** CPU time of commands against that of a Node that does nothing. */
export async function runCommands(home: OwnHome, pinning: Pinning | undefined, effort: Effort): Promise<Row[]> {
  const settings = { environment: home.environment, workingFolder: home.folder, pinning };
  const visit = (args: readonly string[], says: string) => async (): Promise<Figures> => {
    const { cpuMs, wallMs, output } = await runMeasured(args, settings);
    if (!output.includes(says)) throw new Error(`node ${args.join(' ')} did not say "${says}": ${output}`);
    return { cpu: cpuMs, wall: wallMs };
  };
  const commands = Object.entries(COMMANDS).map(
    ([name, { args, says }]) => [name, visit([CLAUDEX, ...args], says)] as const,
  );
  const bare = visit(BARE, '');
  const samples = await runRounds(
    { 'node -e 0': bare, 'node -e 0 again': bare, ...Object.fromEntries(commands) },
    effort.shortRounds,
  );
  return commands.map(([subject]) =>
    compare(samples, {
      bench: 'commands',
      key: 'cpu',
      measure: `CPU, ms, ${subject}`,
      subject,
      against: 'node -e 0',
      control: ['node -e 0', 'node -e 0 again'],
      target: TARGET,
    }),
  );
}

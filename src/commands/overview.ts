import { masked, secretsOf } from '../config/index.ts';
import { lookAround, overviewLines, profileCells, welcomeLines, type Overview } from '../overview/index.ts';
import { collectRegistry } from '../registry/index.ts';
import { ClaudexCommand, tableFor, widthOf, wrapTo, type Column } from '../terminal/index.ts';

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'PROFILE', cut: 'end' },
  { title: 'MODEL', cut: 'end' },
  { title: 'STATE', cut: 'end' },
];

/** Below the labels. */
const INDENT = ' '.repeat(10);

/** What `claudex` without arguments does. */
export default class OverviewCommand extends ClaudexCommand {
  static override summary = 'Show profiles, the proxy and the next step';
  static override description = 'The same as "claudex" alone. Without a profile it says how to begin.';
  static override examples = ['<%= config.bin %>', '<%= config.bin %> --json'];
  static override hidden = true;
  static override enableJsonFlag = true;

  async run(): Promise<Overview> {
    const { flags } = await this.parse(OverviewCommand);
    const { values } = await this.load(flags);
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const found = await lookAround({
      configuration: values,
      registry,
      environment: process.env,
      stateFolder: this.directories.state,
      version: this.config.version,
    });
    const overview = { ...found, profiles: masked(found.profiles, secretsOf(values, process.env)) };
    for (const line of overview.profiles.length === 0 ? welcomeLines(overview) : linesOf(overview)) this.log(line);
    return overview;
  }
}

function linesOf(overview: Overview): string[] {
  const rows = overview.profiles.map((profile) => profileCells(profile, overview.default_profile));
  return [
    `Claudex ${overview.version}`,
    '',
    ...tableFor(process.stdout, COLUMNS, rows),
    '',
    ...overviewLines(overview, Date.now()).flatMap((line) => wrapTo(line, widthOf(process.stdout), INDENT)),
  ];
}

import * as Flags from '@oclif/core/flags';
import { createGlobalFile, printable } from '../config/index.ts';
import {
  doctorPage,
  errorIn,
  examine,
  Installation,
  mend,
  summaryOf,
  type DoctorError,
  type DoctorSummary,
  type Examination,
  type Finding,
  type InstallationFacts,
} from '../doctor/index.ts';
import { failure } from '../errors/index.ts';
import { collectRegistry, loadEveryPlugin } from '../registry/index.ts';
import { ClaudexCommand, paint, runTogether, type Mood } from '../terminal/index.ts';

/** What `--json` prints. */
interface DoctorResult {
  readonly findings: readonly Finding[];
  readonly summary: DoctorSummary;
  /** What `--fix` did, and what it could not do. */
  readonly fixed: readonly string[];
  readonly not_fixed: readonly string[];
  /** Absent when everything works. */
  readonly error?: DoctorError;
}

interface DoctorFlags {
  readonly config?: string | undefined;
  readonly offline: boolean;
}

const MOODS = { ok: 'good', warning: 'warning', problem: 'bad', heading: 'heading' } as const satisfies Record<
  string,
  Mood
>;
/** For lines in a file or a pipe. */
const WIDTH = 100;

export default class Doctor extends ClaudexCommand {
  static override summary = 'Look for what keeps Claudex from working';
  static override description =
    'Looks at Node, Claude Code, the configuration, keys, the proxy, files, plugins, the clock and the terminal, and says what to do about what is wrong. Ends with 1 when something does not work. --fix closes files to others, makes missing folders and the global file, removes records of proxies that are gone, and replaces a proxy of an older version that has no session; it never touches keys, profiles and files of others.';
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --fix',
    { command: '<%= config.bin %> doctor --offline --json', description: 'For scripts, without asking any provider' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    fix: Flags.boolean({ description: 'do what is safe to do about it' }),
    offline: Flags.boolean({ description: 'leave out what needs the network: the provider and its clock' }),
  };

  async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    await this.requireNamedFile(flags);
    const first = await this.#examine(flags);
    const mended = flags.fix ? await mend(first) : { done: [], failed: [] };
    const { findings } = mended.done.length > 0 ? await this.#examine(flags) : first;
    const summary = summaryOf(findings);
    const page = doctorPage(findings, (state, text) => paint(MOODS[state], text), process.stdout.columns ?? WIDTH);
    for (const line of page) this.log(line);
    for (const what of mended.done) this.log(printable(`Fixed: ${what}`));
    for (const why of mended.failed) this.log(printable(`Not fixed: ${why}`));
    const result = { findings, summary, fixed: mended.done, not_fixed: mended.failed };
    const error = errorIn(findings);
    if (error === undefined) return result;
    process.exitCode = 1;
    return { ...result, error };
  }

  async #examine(flags: DoctorFlags): Promise<Examination> {
    await loadEveryPlugin(this.config);
    const installation = this.#installation(flags);
    const done = await runTogether([{ title: 'Looking around', run: () => examine(installation) }], 1);
    return done[0] as Examination;
  }

  #installation({ config, offline }: DoctorFlags): Installation {
    const { pjson, root, version } = this.config;
    return new Installation({
      directories: this.directories,
      sources: this.sources(config),
      platform: process.platform,
      nodeVersion: process.versions.node,
      nodeRange: nodeRangeOf(pjson),
      version,
      programRoot: root,
      terminal: terminalOf(process.stdout),
      plugins: this.config.getPluginsList().map(({ name, version: own, type }) => ({ name, version: own, type })),
      registry: () => collectRegistry(this.config),
      createGlobalFile: () => globalFileIn(this.directories.config, root),
      offline,
    });
  }
}

async function globalFileIn(configFolder: string, root: string): Promise<string | undefined> {
  const made = await createGlobalFile(configFolder, root);
  if (made?.problem !== undefined) throw failure('config-not-made', made.problem);
  return made?.file;
}

function nodeRangeOf(manifest: object): string {
  const { engines } = manifest as { readonly engines?: { readonly node?: string } };
  return engines?.node ?? '>=0';
}

function terminalOf(stream: {
  readonly isTTY?: boolean;
  readonly columns?: number;
  getColorDepth?(): number;
}): InstallationFacts['terminal'] {
  const { isTTY = false, columns } = stream;
  return {
    isTerminal: isTTY,
    colorDepth: stream.getColorDepth?.() ?? 1,
    ...(columns === undefined ? {} : { columns }),
  };
}

import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { readKeys, type LoadedConfiguration } from '../../config/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { settleOnce } from '../../local/index.ts';
import { collectRegistry, type Registry } from '../../registry/index.ts';
import { ClaudexCommand, runTogether, trialLines } from '../../terminal/index.ts';
import type { DeepTrials, ProfileResult, TestReport, TrialWay } from '../../trial/index.ts';

/** How many profiles are tested at the same time. */
const AT_ONCE = 4;
const CALL_SECONDS = 10;
const CHECK_SECONDS = 20;

interface Scope {
  readonly loaded: LoadedConfiguration;
  readonly registry: Registry;
  readonly keys: NodeJS.ProcessEnv;
}

interface TestFlags {
  readonly deep: boolean;
  readonly timeout?: number | undefined;
}

export default class ProfileTest extends ClaudexCommand {
  static override summary = 'Test whether profiles reach their providers';
  static override description =
    'Sends what the proxy would send: the key, the headers and the query of the profile. The list of models decides, which costs nothing; where a provider has none, a completion of a few tokens does. Some providers show their models to anybody; --deep tries the key as well, and what a session needs: text, streaming, tools, images, reasoning, structured output, token counts. "all" means every enabled profile.';
  static override examples = [
    '<%= config.bin %> profile test work',
    '<%= config.bin %> profile test work --deep',
    '<%= config.bin %> profile test all --json',
  ];
  static override enableJsonFlag = true;
  static override strict = false;
  static override args = {
    profile: Args.string({
      required: true,
      description: 'names of profiles, or "all" for those that are enabled',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    deep: Flags.boolean({ description: 'also send about ten small requests as a session would, and say what works' }),
    timeout: Flags.integer({
      min: 1,
      max: 600,
      description: `longest time for one call, in seconds (default: ${CALL_SECONDS}, with --deep ${CHECK_SECONDS} for a check)`,
      helpValue: 'SECONDS',
    }),
  };

  async run(): Promise<TestReport> {
    const { argv, flags } = await this.parse(ProfileTest);
    const loaded = await this.load(flags);
    const registry = await collectRegistry(this.config);
    const { profilesToTest, testReport } = await import('../../trial/index.ts');
    const names = profilesToTest(argv as string[], loaded.values);
    // Nobody is to unlock a keyring for the sake of another profile.
    const tested = loaded.values.profiles.filter(({ name }) => names.includes(name));
    const { keys, warnings } = await readKeys(tested, process.env, this.directories.state);
    this.note(...registry.warnings, ...warnings);
    const scope = await this.#settled(names, { loaded, registry, keys });
    const report = testReport(await this.#test(names, scope, flags));
    this.#print(report.profiles);
    if (!report.ok) process.exitCode = 1;
    return report;
  }

  /** With the models that running servers choose; one that does not run is a result of the test. */
  async #settled(names: readonly string[], scope: Scope): Promise<Scope> {
    const { registry: descriptors, keys, loaded } = scope;
    const io = { descriptors, keys, cacheFolder: this.directories.cache, environment: process.env };
    let { values } = loaded;
    for (const name of names) {
      const isConfigured = values.profiles.some((profile) => profile.name === name);
      try {
        values = await settleOnce(name, values, io);
      } catch (error) {
        if (!isConfigured || !isClaudexError(error)) throw error;
      }
    }
    return { ...scope, loaded: { ...loaded, values } };
  }

  async #test(names: readonly string[], scope: Scope, flags: TestFlags): Promise<ProfileResult[]> {
    const trial = await import('../../trial/index.ts');
    const candidates = names.map((name) => trial.candidateOf(name, { ...scope, configuration: scope.loaded.values }));
    const way = await trial.openTrialWay(process.env, (flags.timeout ?? CALL_SECONDS) * 1000);
    let deep: DeepTrials | undefined;
    try {
      if (flags.deep) deep = await this.#openDeep(scope, way, flags.timeout);
      const { signal } = new AbortController();
      const chores = candidates.map((candidate) => ({
        title: candidate.name,
        run: (tell: (progress: string) => void) => trial.testProfile(candidate, way, signal, { deep, tell }),
        isFailure: ({ ok }: ProfileResult) => !ok,
      }));
      return await runTogether(chores, AT_ONCE);
    } finally {
      await deep?.close();
      await way.close();
    }
  }

  async #openDeep(scope: Scope, { upstream }: TrialWay, timeout = CHECK_SECONDS): Promise<DeepTrials> {
    const { DEEP_REQUESTS, openDeepTrials } = await import('../../trial/index.ts');
    if (process.stderr.isTTY)
      this.note(`This sends about ${DEEP_REQUESTS} small requests to each profile, which may cost a little.`);
    const { version } = this.config;
    const checkMs = timeout * 1000;
    return openDeepTrials({ ...scope, environment: process.env, version, client: upstream, checkMs });
  }

  #print(results: readonly ProfileResult[]): void {
    const width = Math.max(...results.map(({ name }) => name.length));
    for (const result of results) for (const line of trialLines(result, width)) this.log(line);
    const passed = results.filter(({ ok }) => ok).length;
    if (results.length > 1) this.log(`${passed} of ${results.length} profiles are OK.`);
  }
}

import * as Flags from '@oclif/core/flags';
import {
  configurationWarnings,
  inspectConfiguration,
  launchesWithoutProxy,
  printable,
  provenanceOf,
  readKeys,
  suspectVariables,
  type ConfigurationWarning,
  type LoadedConfiguration,
  type Problem,
} from '../../config/index.ts';
import { failure, messageOf, type ClaudexError } from '../../errors/index.ts';
import { collectRegistry } from '../../registry/index.ts';
import { bindProfile, requireCredential } from '../../router/index.ts';
import { ClaudexCommand, paint, runTogether, trialLines } from '../../terminal/index.ts';
import type { ProfileResult, ProfileScope } from '../../trial/index.ts';

/** What `claudex config validate --json` prints. `error` is there when something is wrong. */
interface ValidationReport {
  readonly valid: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly ConfigurationWarning[];
  /** Only with --connectivity. */
  readonly connectivity?: readonly ProfileResult[];
  readonly error?: { readonly code: string; readonly message: string; readonly remedy?: string | undefined };
}

const AT_ONCE = 4;

export default class ConfigValidate extends ClaudexCommand {
  static override summary = 'Check the configuration and list everything that is wrong with it';
  static override description =
    'Each problem is told with its file, line and key. Warnings do not change the exit code: 0 when nothing is wrong, 2 for an invalid configuration, 1 when a provider cannot be used.';
  static override examples = [
    '<%= config.bin %> config validate',
    { command: '<%= config.bin %> config validate --connectivity', description: 'Ask the providers, too' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    connectivity: Flags.boolean({ description: 'also ask the provider of each enabled profile' }),
  };

  async run(): Promise<ValidationReport> {
    const { flags } = await this.parse(ConfigValidate);
    const { problems, error, loaded } = await inspectConfiguration(this.sources(flags.config));
    const warnings = suspectVariables(process.env).map(({ name, meant }) => {
      return { where: name, message: `sets nothing; did you mean ${meant}?` };
    });
    // Of a profile with something missing it would be told a second time.
    const scope = loaded && error === undefined ? await this.#scopeOf(loaded) : undefined;
    const found = loaded === undefined ? [] : await configurationWarnings(loaded);
    const all = [...warnings, ...found, ...(loaded && scope ? bindings(loaded, scope) : [])];
    this.note(
      ...(loaded?.warnings ?? []),
      ...all.map((warning) => `${paint('warning', 'Warning:', process.stderr)} ${lineOf(warning)}`),
    );
    const report = { valid: error === undefined, problems, warnings: all };
    if (error !== undefined) return this.#fail(report, error);
    this.log('The configuration is valid.');
    if (!flags.connectivity || scope === undefined) return report;
    const connectivity = await testAll(scope);
    const width = Math.max(0, ...connectivity.map(({ name }) => name.length));
    for (const result of connectivity) for (const line of trialLines(result, width)) this.log(line);
    const failed = connectivity.filter(({ ok }) => !ok).map(({ name }) => name);
    if (failed.length === 0) return { ...report, connectivity };
    const message = `${failed.length} of ${connectivity.length} profiles failed: ${failed.join(', ')}`;
    return this.#fail(
      { ...report, connectivity },
      failure('connectivity-failed', message, `Run "claudex profile test ${failed[0]}".`),
    );
  }

  async #scopeOf({ values }: LoadedConfiguration): Promise<ProfileScope> {
    const registry = await collectRegistry(this.config);
    const { keys, warnings } = await readKeys(values.profiles, process.env, this.directories.state);
    this.note(...registry.warnings, ...warnings);
    return { configuration: values, registry, keys };
  }

  /** With `--json` the error stands in the report. */
  #fail(report: ValidationReport, error: ClaudexError): ValidationReport {
    if (!this.jsonEnabled()) throw error;
    process.exitCode = error.exitCode;
    return { ...report, ...this.toErrorJson(error) };
  }
}

/** What keeps an enabled profile from being used although its values are right: no such plugin here, or no key. */
function bindings(
  loaded: LoadedConfiguration,
  { configuration, registry, keys }: ProfileScope,
): ConfigurationWarning[] {
  return configuration.profiles.flatMap((profile, index) => {
    if (!profile.enabled || launchesWithoutProxy(profile)) return [];
    try {
      requireCredential(bindProfile(profile.name, configuration, registry, keys));
      return [];
    } catch (error) {
      const where = provenanceOf(loaded, ['profiles', index])?.where ?? 'configuration';
      return [{ where, key: `profiles.${profile.name}`, message: messageOf(error) }];
    }
  });
}

async function testAll(scope: ProfileScope): Promise<ProfileResult[]> {
  const { candidateOf, openTrialWay, testProfile } = await import('../../trial/index.ts');
  const way = await openTrialWay(process.env);
  const { signal } = new AbortController();
  const enabled = scope.configuration.profiles.filter((profile) => profile.enabled);
  try {
    const chores = enabled.map(({ name }) => ({
      title: name,
      run: () => testProfile(candidateOf(name, scope), way, signal),
      isFailure: ({ ok }: ProfileResult) => !ok,
    }));
    return await runTogether(chores, AT_ONCE);
  } finally {
    await way.close();
  }
}

function lineOf({ where, key, message }: ConfigurationWarning): string {
  return printable(key === undefined ? `${where}: ${message}` : `${where}: ${key}: ${message}`);
}

import * as Args from '@oclif/core/args';
import { masked, printable, secretsOf, type Configuration, type Profile } from '../../config/index.ts';
import { collectRegistry } from '../../registry/index.ts';
import { bindProfile, launchesWithoutProxy, type BoundProfile } from '../../router/index.ts';
import { alignColumns, ClaudexCommand } from '../../terminal/index.ts';

type Facts = { readonly [name: string]: unknown };

export default class ProfileShow extends ClaudexCommand {
  static override summary = 'Show everything about a profile';
  static override description =
    'Shows the profile as it is used, with what its provider fills in. Secrets are masked; of a key it is said where it comes from.';
  static override examples = ['<%= config.bin %> profile show demo', '<%= config.bin %> profile show work --json'];
  static override enableJsonFlag = true;
  static override args = { profile: Args.string({ required: true, description: 'name of the profile' }) };

  async run(): Promise<Facts> {
    const { args, flags } = await this.parse(ProfileShow);
    const { values } = await this.load(flags);
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const configured = values.profiles.find(({ name }) => name === args.profile);
    const facts =
      configured && launchesWithoutProxy(configured)
        ? subscriptionFacts(configured, secretsOf(values, process.env))
        : boundFacts(bindProfile(args.profile, values, registry, process.env), values);
    for (const line of alignColumns(Object.entries(facts).flatMap(([name, value]) => rowsOf(name, value))))
      this.log(line);
    return facts;
  }
}

function subscriptionFacts(profile: Profile, secrets: readonly string[]): Facts {
  return { ...masked(profile, secrets), credential: { source: 'the login of claude itself' } };
}

/** What stands in the configuration, with everything that the provider fills in. */
function boundFacts(bound: BoundProfile, configuration: Configuration): Facts {
  const { profile, builtIn, provider, protocol, baseUrl, credential, models, knownModels, quirks, timeouts } = bound;
  const { default: defaultModel, ...slots } = models;
  const known = knownModels.find(({ id }) => id === defaultModel);
  const settings = {
    ...profile,
    built_in: builtIn,
    provider: provider.id,
    provider_title: provider.title,
    protocol: protocol.id,
    provider_type: profile.provider_type ?? protocol.providerTypes[0] ?? null,
    base_url: baseUrl ?? null,
    default_model: defaultModel || null,
    models: slots,
    context_window: profile.context_window ?? known?.contextWindow ?? null,
    max_output_tokens: profile.max_output_tokens ?? known?.maxOutputTokens ?? null,
    quirks,
    timeouts,
  };
  return {
    ...masked(settings, secretsOf(configuration, process.env, [credential.value])),
    credential: { source: credential.source, variable: credential.variable ?? null },
  };
}

/** One row per value; tables are spread out, and what is not set is left out. */
function rowsOf(name: string, value: unknown): string[][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [[name, printable(value.join(', '))]];
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => rowsOf(`${name}.${key}`, inner));
  return [[printable(name), printable(typeof value === 'string' ? value : JSON.stringify(value))]];
}

import { masked, printable, secretsOf, type Configuration, type Profile } from '../../config/index.ts';
import { messageOf } from '../../errors/index.ts';
import { collectRegistry, type Registry } from '../../registry/index.ts';
import { bindProfile, launchesWithoutProxy } from '../../router/index.ts';
import { alignColumns, ClaudexCommand } from '../../terminal/index.ts';

/** One profile as `--json` prints it. `problem` says why it cannot be used. */
interface ListedProfile {
  readonly name: string;
  readonly provider: string | null;
  readonly provider_type: string | null;
  readonly protocol: string | null;
  readonly base_url: string | null;
  readonly default_model: string | null;
  readonly enabled: boolean;
  readonly priority: number;
  readonly backup_providers: readonly string[];
  readonly problem: string | null;
}

export default class ProfileList extends ClaudexCommand {
  static override summary = 'List the profiles of the configuration';
  static override description = 'The built-in profiles are not listed; "demo" works without any configuration.';
  static override enableJsonFlag = true;

  async run(): Promise<{ profiles: ListedProfile[] }> {
    const { flags } = await this.parse(ProfileList);
    const { values } = await this.load(flags);
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const secrets = secretsOf(values, process.env);
    const profiles = masked(
      values.profiles.map((profile) => listed(profile, values, registry)),
      secrets,
    );
    for (const line of linesOf(profiles)) this.log(line);
    return { profiles };
  }
}

function listed(profile: Profile, configuration: Configuration, registry: Registry): ListedProfile {
  const own = {
    name: profile.name,
    provider: profile.provider ?? null,
    provider_type: profile.provider_type ?? null,
    protocol: null,
    base_url: profile.base_url ?? null,
    default_model: profile.default_model ?? null,
    enabled: profile.enabled,
    priority: profile.priority,
    backup_providers: profile.backup_providers,
    problem: null,
  };
  if (launchesWithoutProxy(profile)) return own;
  try {
    const { protocol, baseUrl, models } = bindProfile(profile.name, configuration, registry, process.env);
    return {
      ...own,
      provider_type: own.provider_type ?? protocol.providerTypes[0] ?? null,
      protocol: protocol.id,
      base_url: baseUrl ?? null,
      default_model: models.default || null,
    };
  } catch (error) {
    return { ...own, problem: messageOf(error) };
  }
}

function linesOf(profiles: readonly ListedProfile[]): string[] {
  if (profiles.length === 0) return ['No profile is configured yet. "claudex run demo" works without one.'];
  const rows = profiles.map(({ name, default_model, protocol, base_url, enabled, problem }) => [
    name,
    default_model ?? '-',
    protocol ?? '-',
    base_url ?? '-',
    problem ?? (enabled ? '' : 'disabled'),
  ]);
  return alignColumns([['NAME', 'MODEL', 'PROTOCOL', 'BASE URL', ''], ...rows.map((row) => row.map(printable))]);
}

import {
  launchesWithoutProxy,
  masked,
  printable,
  readKeys,
  secretsOf,
  type Configuration,
  type Profile,
} from '../../config/index.ts';
import { isClaudexError, messageOf } from '../../errors/index.ts';
import { collectRegistry, type Registry } from '../../registry/index.ts';
import { bindProfile, requireCredential, type BoundProfile } from '../../router/index.ts';
import { ClaudexCommand, tableFor, type Column } from '../../terminal/index.ts';

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
  /**
   * How it gets in: `key`: it has one; `no-key`: it needs one and has none; `open`: it needs none; `login`: claude logs in
   * by itself; `null`: unknown. Called so because whatever has "key" in its name is masked.
   */
  readonly access: 'key' | 'no-key' | 'open' | 'login' | null;
}

const READY = 'ready';
const NO_PROFILE = 'No profile is configured yet. "claudex profile add" sets one up; "claudex run demo" works without.';

const COLUMNS: readonly Column[] = [
  { title: 'NAME', cut: 'end' },
  { title: 'MODEL', cut: 'end' },
  { title: 'PROTOCOL' },
  { title: 'BASE URL', cut: 'end' },
  { title: 'STATE', cut: 'end', mood: (state) => (state === READY ? 'good' : 'warning') },
];

export default class ProfileList extends ClaudexCommand {
  static override summary = 'List the profiles of the configuration';
  static override description = 'The built-in profiles are not listed; "demo" works without any configuration.';
  static override examples = ['<%= config.bin %> profile list', '<%= config.bin %> profile list --json'];
  static override enableJsonFlag = true;

  async run(): Promise<{ profiles: ListedProfile[] }> {
    const { flags } = await this.parse(ProfileList);
    const { values } = await this.load(flags);
    const registry = await collectRegistry(this.config);
    const { keys, warnings } = await readKeys(values.profiles, process.env, this.directories.state);
    this.note(...registry.warnings, ...warnings);
    const profiles = masked(
      values.profiles.map((profile) => listed(profile, values, registry, keys)),
      secretsOf(values, keys),
    );
    if (profiles.length === 0) this.log(NO_PROFILE);
    else for (const line of tableFor(process.stdout, COLUMNS, profiles.map(cellsOf))) this.log(line);
    return { profiles };
  }
}

function listed(
  profile: Profile,
  configuration: Configuration,
  registry: Registry,
  keys: NodeJS.ProcessEnv,
): ListedProfile {
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
    access: null,
  };
  if (launchesWithoutProxy(profile)) return { ...own, access: 'login' };
  try {
    const bound = bindProfile(profile.name, configuration, registry, keys);
    const { protocol, baseUrl, models } = bound;
    return {
      ...own,
      provider_type: own.provider_type ?? protocol.providerTypes[0] ?? null,
      protocol: protocol.id,
      base_url: baseUrl ?? null,
      default_model: models.default || null,
      access: accessOf(bound),
    };
  } catch (error) {
    return { ...own, problem: messageOf(error) };
  }
}

function accessOf(bound: BoundProfile): ListedProfile['access'] {
  try {
    requireCredential(bound);
  } catch (error) {
    if (isClaudexError(error) && error.code === 'credential-missing') return 'no-key';
    throw error;
  }
  return bound.credential.value === undefined ? 'open' : 'key';
}

function cellsOf({ name, default_model, protocol, base_url, enabled, problem, access }: ListedProfile): string[] {
  const state =
    problem ?? ([!enabled && 'disabled', access === 'no-key' && 'no key'].filter(Boolean).join(', ') || READY);
  return [name, default_model ?? '-', protocol ?? '-', base_url ?? '-', state].map(printable);
}

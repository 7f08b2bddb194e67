import { bareHost, secretsOf, type Configuration } from '../config/index.ts';
import { exportedHeaders } from './custom-headers.ts';
import type { LaunchModels, LaunchProfile } from './launch-profile.ts';
import { noProxyVariables } from './no-proxy.ts';
import { withoutOuterSession } from './outer-session.ts';

/** Everything that decides claude's environment. */
export interface LaunchSettings {
  readonly bound: LaunchProfile;
  readonly configuration: Configuration;
  /** The caller's environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Given with `-m`; may be an alias. */
  readonly model?: string;
  readonly hyperlinks: boolean;
  /** Whether the upstream is Anthropic itself, which knows its models and what claude tells it. */
  readonly anthropic: boolean;
  /** Absent for a profile that claude serves with its own login. */
  readonly proxy?: { readonly baseUrl: string; readonly token: string };
}

/** The most that claude accepts, half an hour in milliseconds. */
const LONGEST_SILENCE_MS = '1800000';

type Variables = Record<string, string>;

/**
 * Builds claude's environment: the caller's own without the providers' keys, then what makes claude use the
 * proxy and the profile's models, then the profile's `extra_env`. An exported slot variable wins over ours.
 */
export function buildEnvironment(settings: LaunchSettings): NodeJS.ProcessEnv {
  const { bound, configuration, environment, proxy } = settings;
  const inherited = withoutKeys(withoutOuterSession(environment), bound, configuration);
  const secrets = secretsOf(configuration, environment, [bound.credential.value, proxy?.token]);
  const headers = exportedHeaders(bound.profile.custom_headers, secrets);
  const built: NodeJS.ProcessEnv = {
    ...inherited,
    ...(proxy === undefined ? {} : proxyVariables(proxy)),
    ...modelVariables(settings),
    ...slotVariables(settings, inherited),
    ...limitVariables(settings),
    ...patienceVariables(settings, inherited),
    ...(proxy === undefined || settings.anthropic ? {} : { CLAUDE_CODE_ATTRIBUTION_HEADER: '0' }),
    ...(headers === undefined ? {} : { ANTHROPIC_CUSTOM_HEADERS: headers }),
    ...hyperlinkVariables(settings),
    ...bound.profile.extra_env,
  };
  return {
    ...built,
    ...noProxyVariables(built, proxy === undefined ? [] : [bareHost(new URL(proxy.baseUrl).hostname)]),
  };
}

/** The model that claude is told: `-m`, else the profile's default, with aliases resolved. Empty when claude chooses. */
function launchedModel({ bound, configuration, model }: LaunchSettings): string {
  const wanted = model ?? bound.models.default;
  return Object.hasOwn(configuration.model_aliases, wanted) ? (configuration.model_aliases[wanted] ?? wanted) : wanted;
}

function withoutKeys(
  environment: NodeJS.ProcessEnv,
  bound: LaunchProfile,
  { profiles }: Configuration,
): NodeJS.ProcessEnv {
  const keys = new Set(['ANTHROPIC_API_KEY', ...[bound.profile, ...profiles].map((profile) => profile.api_key_env)]);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !keys.has(name)));
}

function proxyVariables({ baseUrl, token }: { baseUrl: string; token: string }): Variables {
  return {
    ANTHROPIC_BASE_URL: baseUrl,
    ANTHROPIC_AUTH_TOKEN: token,
    // Otherwise the `env` table of the user's settings files would win over this environment.
    CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1',
  };
}

function modelVariables(settings: LaunchSettings): Variables {
  const model = launchedModel(settings);
  const { subagent } = settings.bound.models;
  return {
    ...(model === '' ? {} : { ANTHROPIC_MODEL: model }),
    ...(subagent === undefined ? {} : { CLAUDE_CODE_SUBAGENT_MODEL: subagent }),
  };
}

function slotVariables({ bound, proxy }: LaunchSettings, inherited: NodeJS.ProcessEnv): Variables {
  // Claude's own ids are right where claude talks to Anthropic itself.
  const models: Partial<LaunchModels> = proxy === undefined ? bound.profile.models : bound.models;
  const fallback = models.default;
  const slots = {
    ANTHROPIC_DEFAULT_HAIKU_MODEL: models.haiku ?? fallback,
    ANTHROPIC_DEFAULT_SONNET_MODEL: models.sonnet ?? fallback,
    ANTHROPIC_DEFAULT_OPUS_MODEL: models.opus ?? fallback,
    ANTHROPIC_DEFAULT_FABLE_MODEL: models.fable ?? models.opus ?? fallback,
  };
  return Object.fromEntries(
    Object.entries(slots).filter((slot): slot is [string, string] => Boolean(slot[1]) && !inherited[slot[0]]),
  );
}

function limitVariables(settings: LaunchSettings): Variables {
  const { bound, anthropic, proxy } = settings;
  if (anthropic || proxy === undefined) return {};
  const facts = bound.knownModels.find((known) => known.id === launchedModel(settings));
  const window = bound.profile.context_window ?? facts?.contextWindow;
  const output = bound.profile.max_output_tokens ?? bound.profile.max_tokens ?? facts?.maxOutputTokens;
  return {
    ...(window === undefined ? {} : { CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(window) }),
    ...(output === undefined ? {} : { CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(output) }),
  };
}

/** A model on this machine may read a long prompt for more than the ten minutes that claude waits without an event. */
function patienceVariables({ bound, proxy }: LaunchSettings, inherited: NodeJS.ProcessEnv): Variables {
  const name = 'CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS';
  if (proxy === undefined || bound.provider?.local !== true || inherited[name] !== undefined) return {};
  return { [name]: LONGEST_SILENCE_MS };
}

function hyperlinkVariables({ hyperlinks, configuration }: LaunchSettings): Variables {
  const wanted = hyperlinks || configuration.hyperlinks;
  return wanted === 'auto' ? {} : { FORCE_HYPERLINK: wanted ? '1' : '0' };
}

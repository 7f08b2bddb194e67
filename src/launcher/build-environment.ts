import { bareHost, secretsOf, type Configuration } from '../config/index.ts';
import { exportedHeaders, withSessionHeader } from './custom-headers.ts';
import type { LaunchProfile } from './launch-profile.ts';
import { launchedModel } from './launched-model.ts';
import { limitVariables } from './limit-variables.ts';
import { noProxyVariables } from './no-proxy.ts';
import { withoutOuterSession } from './outer-session.ts';
import { withoutKeys } from './without-keys.ts';
import { slotVariables } from './slot-variables.ts';

/** What claude is told of the proxy. */
export interface LaunchProxy {
  readonly baseUrl: string;
  readonly token: string;
  /** The id by which its requests name their session; absent where there is none yet. */
  readonly session?: string;
}

/** Everything that decides claude's environment. */
export interface LaunchSettings {
  readonly bound: LaunchProfile;
  readonly configuration: Configuration;
  /** The caller's environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Given with `-m`; may be an alias. */
  readonly model?: string;
  readonly hyperlinks: boolean;
  /** Default: this one. */
  readonly platform?: NodeJS.Platform;
  /** Whether the upstream is Anthropic itself, which knows its models and what claude tells it. */
  readonly anthropic: boolean;
  /** Absent for a profile that claude serves with its own login. */
  readonly proxy?: LaunchProxy;
}

/** What the user is told once who asks for more links than there are. */
export const HYPERLINKS_NOTICE =
  '--hyperlinks has no effect yet beyond telling claude that this terminal shows links: paths are not made clickable.';

/** The most that claude accepts, half an hour in milliseconds. */
const LONGEST_SILENCE_MS = '1800000';

type Variables = Record<string, string>;

/**
 * Builds claude's environment: the caller's own without the providers' keys, then what makes claude use the
 * proxy and the profile's models, then the profile's `extra_env`. An exported slot variable wins over ours.
 */
export function buildEnvironment(settings: LaunchSettings): NodeJS.ProcessEnv {
  const { bound, configuration, environment, proxy } = settings;
  const profiles = [bound.profile, ...configuration.profiles];
  const inherited = withoutKeys(withoutOuterSession(environment), profiles, settings.platform);
  const secrets = secretsOf(configuration, environment, [bound.credential.value, proxy?.token]);
  const headers = exportedHeaders(bound.profile.custom_headers, secrets);
  const built: NodeJS.ProcessEnv = {
    ...inherited,
    ...(proxy === undefined ? {} : proxyVariables(proxy)),
    ...modelVariables(settings),
    ...slotVariables(settings, inherited),
    ...limitVariables(settings, inherited),
    ...patienceVariables(settings, inherited),
    ...(proxy === undefined || settings.anthropic ? {} : { CLAUDE_CODE_ATTRIBUTION_HEADER: '0' }),
    ...(headers === undefined ? {} : { ANTHROPIC_CUSTOM_HEADERS: headers }),
    ...hyperlinkVariables(settings),
    ...bound.profile.extra_env,
  };
  return {
    ...built,
    ...(proxy?.session === undefined ? {} : withSessionHeader(built, proxy.session)),
    ...noProxyVariables(built, proxy === undefined ? [] : [bareHost(new URL(proxy.baseUrl).hostname)]),
  };
}

function proxyVariables({ baseUrl, token }: LaunchProxy): Variables {
  return {
    ANTHROPIC_BASE_URL: baseUrl,
    ANTHROPIC_AUTH_TOKEN: token,
    // Otherwise the `env` table of the user's settings files would win over this environment.
    CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1',
    // So that the list of /model has the models of the profile.
    CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY: '1',
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

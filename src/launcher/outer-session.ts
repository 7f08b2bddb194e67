import { LIMIT_VARIABLES } from './limit-variables.ts';
import { SLOT_VARIABLES } from './slot-variables.ts';

const OURS: ReadonlySet<string> = new Set([
  'ANTHROPIC_BASE_URL',
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_MODEL',
  ...SLOT_VARIABLES,
  'ANTHROPIC_CUSTOM_HEADERS',
  'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST',
  'CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY',
  'CLAUDE_CODE_SUBAGENT_MODEL',
  ...LIMIT_VARIABLES,
  'CLAUDE_CODE_ATTRIBUTION_HEADER',
  'CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS',
]);

/**
 * Takes away what another `claudex run` around this one has set: inside its session the slots of its profile
 * would look like the user's own wishes, and its address like the user's own gateway.
 */
export function withoutOuterSession(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: managed, ANTHROPIC_BASE_URL: address = '' } = environment;
  if (managed !== '1' || !/^http:\/\/[^/]+\/proxy\/[^/]+$/.test(address)) return environment;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !OURS.has(name)));
}

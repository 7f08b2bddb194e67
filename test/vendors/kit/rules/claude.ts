import type { Rule } from '../vendor.ts';
import { forbids, onlyParameters } from './common.ts';
import { roles, thinking } from './messages.ts';
import { signedThinking, thinkingComesBack, thinkingTypes } from './messages-clone.ts';

const PARAMETERS = [
  'model messages system tools tool_choice metadata max_tokens thinking stream context_management',
  'output_config stop_sequences service_tier container mcp_servers thread temperature top_p top_k',
  'cache_control speed inference_geo safeguards',
].flatMap((line) => line.split(' '));

/** What Claude's newer models hold a request against, wherever they are hosted. */
export const CLAUDE_RULES: readonly Rule[] = [
  onlyParameters(PARAMETERS, (name) => `${name}: Extra inputs are not permitted`),
  forbids(['temperature', 'top_p', 'top_k'], (name) => `\`${name}\` is not supported for this model.`),
  thinkingTypes('adaptive', 'disabled'),
  thinking,
  roles('user', 'assistant', 'system'),
  signedThinking,
  thinkingComesBack(false),
];

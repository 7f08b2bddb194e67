import type { ProviderEndpoint } from '@claudex/sdk';

/** Alibaba's paths are the same on each of its hosts, but for the Coding Plan, whose Responses is unverified. */
export function qwenEndpoint(host: string, plan?: 'coding'): ProviderEndpoint {
  const base = plan === 'coding' ? `${host}/v1` : `${host}/compatible-mode/v1`;
  return {
    bases: {
      'anthropic-messages': `${host}/apps/anthropic`,
      'openai-chat': base,
      ...(plan === undefined && { 'openai-responses': base }),
    },
    modelList: `${base}/models`,
  };
}

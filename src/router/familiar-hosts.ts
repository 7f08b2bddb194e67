import type { Provider } from '@claudex/sdk';
import type { Profile } from '../config/index.ts';

/** How a profile that is its own provider deviates from the protocol it speaks. */
type Deviation = Pick<Provider, 'authenticate' | 'headers'>;

interface FamiliarHost {
  readonly host: RegExp;
  /** A key of `extra_env` that says the same of any other host. */
  readonly flag: string;
  readonly deviation: Deviation;
}

/**
 * Hosts that are reached by profiles without a provider, as configurations of the original Claudex have them. The editor's
 * headers are those that Copilot has been seen to take; it refuses calls without them.
 */
const FAMILIAR_HOSTS: readonly FamiliarHost[] = [
  {
    host: /(^|\.)openai\.azure\.com$/,
    flag: 'AZURE_AUTH',
    deviation: { authenticate: (credential) => ({ 'api-key': credential }) },
  },
  {
    host: /(^|\.)githubcopilot\.com$/,
    flag: 'COPILOT_AUTH',
    deviation: {
      headers: {
        'user-agent': 'GitHubCopilotChat/0.32.4',
        'editor-version': 'vscode/1.105.1',
        'editor-plugin-version': 'copilot-chat/0.32.4',
        'copilot-integration-id': 'vscode-chat',
        'openai-intent': 'conversation-edits',
      },
    },
  },
];

/** What a profile without a provider needs by its host, or by what its `extra_env` says. */
export function deviationOf({ base_url, extra_env }: Profile): Deviation {
  const host = base_url !== undefined && URL.canParse(base_url) ? new URL(base_url).hostname : '';
  const found = FAMILIAR_HOSTS.filter(({ host: pattern, flag }) => pattern.test(host) || isOn(extra_env[flag]));
  const account = extra_env['CHATGPT_ACCOUNT_ID'];
  const headers = Object.assign({}, ...found.map(({ deviation }) => deviation.headers)) as { [name: string]: string };
  if (account) headers['chatgpt-account-id'] = account;
  const authenticate = found.find(({ deviation }) => deviation.authenticate)?.deviation.authenticate;
  return { ...(authenticate && { authenticate }), ...(Object.keys(headers).length > 0 && { headers }) };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
}

import { isJsonObject } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';

const CLAIM = 'https://api.openai.com/auth';

/** The account that a token of ChatGPT is for, as the token itself says; undefined for any other key. */
export function accountOf(token: string): string | undefined {
  const [, payload = ''] = token.split('.');
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  const claim = isJsonObject(claims) ? claims[CLAIM] : undefined;
  const account = isJsonObject(claim) ? claim['chatgpt_account_id'] : undefined;
  // It becomes a header, and whoever made the token decided what is in it.
  return typeof account === 'string' && /^[\w.-]{1,128}$/.test(account) ? account : undefined;
}

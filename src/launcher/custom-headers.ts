import { holdsSecret, namesSecret } from '../config/index.ts';
import { SESSION_HEADER } from '../daemon/index.ts';

/**
 * The value of `ANTHROPIC_CUSTOM_HEADERS`: one `Name: value` per line; `undefined` when nothing is left. Headers
 * that carry a credential are for the provider and stay in the proxy; so do those that would break the lines.
 */
export function exportedHeaders(
  headers: { readonly [name: string]: string },
  secrets: readonly string[],
): string | undefined {
  const lines = Object.entries(headers)
    .filter(([name, value]) => !namesSecret(name) && !holdsSecret(value, secrets))
    .map(([name, value]) => `${name}: ${value}`)
    .filter((line) => !/[\r\n]/.test(line));
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** The headers of an environment with one more, by which the proxy tells this session's requests from those of others. */
export function withSessionHeader(
  { ANTHROPIC_CUSTOM_HEADERS: others }: NodeJS.ProcessEnv,
  session: string,
): { ANTHROPIC_CUSTOM_HEADERS: string } {
  const own = `${SESSION_HEADER}: ${session}`;
  return { ANTHROPIC_CUSTOM_HEADERS: others ? `${others}\n${own}` : own };
}

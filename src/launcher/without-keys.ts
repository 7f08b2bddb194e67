import type { KeyOwner } from './session-keys.ts';

/**
 * An environment without the variables in which these profiles or claude itself have a key. On Windows the case of a name
 * does not count.
 */
export function withoutKeys(
  environment: NodeJS.ProcessEnv,
  profiles: readonly KeyOwner['profile'][],
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const known = platform === 'win32' ? (name: string): string => name.toUpperCase() : (name: string): string => name;
  const keys = new Set(['ANTHROPIC_API_KEY', ...profiles.flatMap(({ api_key_env: name }) => name ?? [])].map(known));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !keys.has(known(name))));
}

import { check } from './check.ts';
import type { Profile } from './configuration.ts';
import { profileKeys } from './schema.ts';

/** What is wrong with a text for one key of a profile, in words that do not quote it; undefined when it fits. */
export function profileValueProblem(key: keyof Profile, value: string): string | undefined {
  if (key === 'name' && value === 'auto') return '"auto" is reserved for the router, choose another name';
  const problems: string[] = [];
  check(value, profileKeys[key].kind, [], (_path, words) => problems.push(words()));
  return problems[0];
}

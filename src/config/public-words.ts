import { looksLikeKey } from './looks-like-key.ts';
import { isTable, valueAt } from './tables.ts';

/** Keys of a profile whose values are printed everywhere. */
const PUBLIC_KEYS = ['name', 'provider', 'default_model'] as const;

/**
 * The words by which the profiles of a configuration are known: their names, providers, models and hosts. The values need
 * not be checked yet.
 */
export function publicWords(values: unknown): string[] {
  const profiles = valueAt(values, ['profiles']);
  const words = (Array.isArray(profiles) ? profiles : []).flatMap((profile: unknown): unknown[] => {
    if (!isTable(profile)) return [];
    const { models, base_url: address } = profile;
    const slots = isTable(models) ? Object.values(models) : [];
    return [...PUBLIC_KEYS.map((key) => profile[key]), ...slots, hostOf(address)];
  });
  return [...new Set(words.filter((word) => typeof word === 'string'))];
}

/**
 * Whether a secret is only a word for servers that want no key, such as `lm-studio` for the profile of that name: then its
 * own place is enough to mask, because anywhere else the mask would hide a name and tell nobody less. What is long or
 * mixed like a real key is never one.
 */
export function isPlaceholder(secret: string, words: readonly string[]): boolean {
  return !looksLikeKey(secret) && words.some((word) => word.includes(secret));
}

function hostOf(address: unknown): string | undefined {
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).hostname : undefined;
}

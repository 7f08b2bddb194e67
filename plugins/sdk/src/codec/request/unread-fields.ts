import type { CanonicalRequest } from '../../index.ts';

/**
 * The fields at the top of a request that a protocol without them cannot carry. `output_format` is the older spelling of
 * a format that stands in `output_config`, too, and is read there.
 */
export function unreadFields({ other, output_config: config }: CanonicalRequest): string[] {
  return Object.keys(other).filter((field) => field !== 'output_format' || config?.format === undefined);
}

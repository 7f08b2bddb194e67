import * as Flags from '@oclif/core/flags';

/** `-p, --port`: a proxy on another port than `proxy_port`. */
export function portFlag(description = 'the proxy on this port instead of proxy_port') {
  return Flags.integer({ char: 'p', min: 1, max: 65_535, description });
}

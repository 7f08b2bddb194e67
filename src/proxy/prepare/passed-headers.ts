import type { Loss, Quirks } from '@claudex/sdk';
import type { Incoming } from '../incoming.ts';

const BETAS = 'anthropic-beta';
/** Headers of the client that mean something to an upstream of the same protocol. */
const PASSED_HEADERS = ['anthropic-version', BETAS, 'user-agent', 'x-app'];

/** The client's headers that are passed on, with those betas that the provider takes. */
export function passedHeaders({ headers }: Incoming, quirks: Quirks, losses: Loss[]): { [name: string]: string } {
  return Object.fromEntries(
    PASSED_HEADERS.flatMap((name) => {
      const value = headers[name];
      const passed = name === BETAS && value !== undefined ? takenBetas(value, quirks, losses) : value;
      return passed === undefined ? [] : [[name, passed]];
    }),
  );
}

/** The header without what the provider does not know; `undefined` where nothing is left. */
function takenBetas(header: string, { betas: taken }: Quirks, losses: Loss[]): string | undefined {
  if (taken === undefined) return header;
  const asked = header.split(',').map((beta) => beta.trim());
  const left = asked.filter((beta) => taken.includes(beta));
  if (left.length === asked.length) return header;
  losses.push({
    kind: 'dropped',
    path: BETAS,
    feature: 'beta',
    reason: 'The provider takes only some of the values of this header, or none.',
  });
  return left.length === 0 ? undefined : left.join(',');
}

import { createScrubber } from '../errors/index.ts';
import { makeBundle, type BundleFacts } from './exchange-bundle.ts';

/** The text of a bundle that can be given away: without these secrets, and without what looks like one. */
export function bundleText(facts: Omit<BundleFacts, 'scrub'>, secrets: readonly string[]): string {
  const scrubber = createScrubber();
  for (const secret of secrets) scrubber.know(secret);
  const bundle = makeBundle({ ...facts, scrub: (text) => scrubber.scrub(text) });
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

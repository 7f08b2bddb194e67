import { bearer } from './admission.ts';
import { openaiError } from './error-shapes.ts';
import * as chat from './rules/chat.ts';
import { knownModel, limitedBy } from './rules/common.ts';
import type { Rule, Vendor, VendorWire } from './vendor.ts';
import { chatWire, type WireParts } from './wires.ts';
import type { ReasoningForm } from './chat-dialect.ts';

/** Chat Completions of somebody who serves open models by their own templates. */
export function templateWire(
  limit: string | readonly string[],
  { rules = [], ...parts }: WireParts & { readonly reasoning?: ReasoningForm },
): VendorWire {
  return chatWire({
    ...parts,
    rules: [
      knownModel((model) => `The model \`${model}\` does not exist.`),
      limitedBy(limit),
      chat.roles('system', 'user', 'assistant', 'tool'),
      chat.systemFirst,
      ...rules,
      chat.asksForUsage,
    ],
  });
}

/** A vendor with a Bearer key and errors as OpenAI has them. */
export function plainVendor(parts: Omit<Vendor, 'admits' | 'errors'>): Vendor {
  return { ...parts, admits: plainKey(parts.key), errors: openaiError };
}

/** A Bearer key, and the usual words for another. */
export function plainKey(key: string): Rule {
  return bearer(key, { missing: 'No API key provided', wrong: 'Invalid API key', code: 'invalid_api_key' });
}

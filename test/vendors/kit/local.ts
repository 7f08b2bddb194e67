import type { Rule, Vendor, VendorWire } from './vendor.ts';
import { textError } from './error-shapes.ts';
import * as chat from './rules/chat.ts';
import { knownModel, limitedBy } from './rules/common.ts';
import { CLONE_RULES } from './rules/messages-clone.ts';
import { chatWire, messagesWire } from './wires.ts';
import { anthropicError } from './error-shapes.ts';

const anybody: Rule = () => undefined;

/** A server on this machine, which asks nobody for a key. */
export function localVendor(parts: Pick<Vendor, 'id' | 'models' | 'wires'> & Partial<Vendor>): Vendor {
  return { hosts: [], key: '', admits: anybody, errors: textError, ...parts };
}

/** The wires of such a server, whose chat templates are strict. `overflow` is how it says that a prompt is too long. */
export function localWires(
  overflow: (tokens: number, maximum: number) => string,
  more: readonly Rule[] = [],
): VendorWire[] {
  const unknown = knownModel((model) => `model '${model}' not found`);
  return [
    messagesWire({ path: '/v1/messages', errors: anthropicError, overflow, rules: [unknown, ...CLONE_RULES] }),
    chatWire({
      path: '/v1/chat/completions',
      reasoning: 'reasoning',
      overflow,
      rules: [
        unknown,
        limitedBy(['max_tokens', 'max_completion_tokens']),
        chat.roles('system', 'user', 'assistant', 'tool'),
        chat.systemFirst,
        ...more,
        chat.asksForUsage,
      ],
    }),
  ];
}

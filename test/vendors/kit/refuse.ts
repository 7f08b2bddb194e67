import type { Refusal, Rule, VendorCall } from './vendor.ts';

/** A refusal; status 400 unless it says another. */
export function refuse(message: string, more: Partial<Refusal> = {}): Refusal {
  return { status: 400, message, ...more };
}

/** Rules of a part of the models only. */
export function forModels(applies: (model: string) => boolean, rules: readonly Rule[]): Rule {
  return (call) => (applies(call.model) ? firstOf(rules, call) : undefined);
}

/** The first refusal of several rules. */
export function firstOf(rules: readonly Rule[], call: VendorCall): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(call);
    if (refusal) return refusal;
  }
  return undefined;
}

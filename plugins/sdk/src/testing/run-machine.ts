import type { Machine } from '../machine.ts';

/** Feeds a machine all its inputs, ends it, and returns everything it gave. */
export function runMachine<In, Out>(machine: Machine<In, Out>, inputs: Iterable<In>): Out[] {
  const outputs: Out[] = [];
  for (const input of inputs) outputs.push(...machine.push(input));
  outputs.push(...machine.end());
  return outputs;
}

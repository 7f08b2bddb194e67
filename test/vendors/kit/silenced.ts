import type { VendorWire } from './vendor.ts';

/** A wire whose answers say nothing at all and end in this way, with no token of output. */
export function silenced(wire: VendorWire, ending: string): VendorWire {
  const { dialect } = wire;
  const empty = (text: string): string =>
    text
      .replaceAll(/"(finish_reason|stop_reason)":"\w+"/g, `"$1":"${ending}"`)
      .replaceAll(/"(completion_tokens|output_tokens)":\d+/g, '"$1":0');
  return {
    ...wire,
    dialect: {
      ...dialect,
      whole: (_answer, model, n) => JSON.parse(empty(JSON.stringify(dialect.whole({}, model, n)))),
      stream: (_answer, model, n) => dialect.stream({}, model, n).map(empty),
    },
  };
}

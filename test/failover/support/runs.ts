/** How often each property is tried: `CLAUDEX_PROPERTY_RUNS`, else so often that it takes a moment. A failure prints its seed. */
export const RUNS = { numRuns: Number(process.env['CLAUDEX_PROPERTY_RUNS'] ?? 300) };

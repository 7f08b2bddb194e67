/** How often each property is tried: `CLAUDEX_PROPERTY_RUNS`, else 10,000. A failure prints the seed that repeats it. */
export const RUNS = { numRuns: Number(process.env['CLAUDEX_PROPERTY_RUNS'] ?? 10_000) };

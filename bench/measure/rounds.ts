/** What one visit to a contestant gave: figures by the name of what was measured. */
export type Figures = { readonly [measure: string]: number };

/** Whatever is compared, by name. Each visit does the same work and measures it. */
export type Contestants = { readonly [name: string]: () => Figures | Promise<Figures> };

/** The figures of all rounds, by contestant; the same position is the same round. */
export type Samples = { readonly [name: string]: readonly Figures[] };

/**
 * Visits every contestant once per round, forwards and backwards in turn, so that a machine that becomes slower or
 * faster does so for all of them. One visit before the first round is thrown away.
 */
export async function runRounds(contestants: Contestants, rounds: number): Promise<Samples> {
  const samples: { [name: string]: Figures[] } = {};
  const visits = Object.entries(contestants);
  for (const [name, visit] of visits) {
    samples[name] = [];
    await visit();
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, visit] of round % 2 === 0 ? visits : visits.toReversed()) samples[name]?.push(await visit());
  }
  return samples;
}

/** One measure of one contestant, in the order of rounds. Throws for a name that was not measured. */
export function seriesOf(samples: Samples, contestant: string, measure: string): number[] {
  const series = (samples[contestant] ?? []).map((figures) => figures[measure]);
  const known = series.filter((value) => value !== undefined);
  if (known.length === 0 || known.length < series.length) throw new Error(`no ${measure} of ${contestant}`);
  return known;
}

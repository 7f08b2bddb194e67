import { join } from 'node:path';
import { SIDES } from '../machines/sides.ts';
import { portion, type Effort } from '../measure/effort.ts';
import type { Pinning } from '../processes/pinning.ts';
import { runMeasured } from '../processes/run-measured.ts';
import type { Row } from '../report/row.ts';

const HOLD_STREAMS = join(import.meta.dirname, 'hold-streams.ts');
const STREAMS = 2_000;
const KIB = 1_024;

/** What the machines of one open stream keep in memory, beside the reader of its bytes alone. */
export async function runStreamMemory(pinning: Pinning | undefined, effort: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  const measure = async (kind: 'translated' | 'read', name: string): Promise<number> => {
    const args = ['--expose-gc', HOLD_STREAMS, kind, name, String(portion(STREAMS, effort))];
    const settings = { environment: process.env, workingFolder: import.meta.dirname, pinning };
    return Number((await runMeasured(args, settings)).output) / KIB;
  };
  for (const name of Object.keys(SIDES)) {
    const [ours, floor] = [await measure('translated', name), await measure('read', name)];
    const measured = `KiB per open stream, ${name}`;
    rows.push({ bench: 'stream-memory', measure: measured, ours, floor, against: 'reader', ratio: ours / floor });
  }
  return rows;
}

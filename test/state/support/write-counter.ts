/* Counts a value up, together with other processes: `node write-counter.ts FOLDER TIMES [apart]`. Prints its wins. */
import { openStateStore } from '../../../src/state/index.ts';

const [, , folder = '', times = '0', where] = process.argv;
const store = await openStateStore(folder, { apart: where === 'apart' });
const won: number[] = [];
while (won.length < Number(times)) {
  const entry = await store.get('counters', 'shared');
  const ifVersion = entry?.version ?? 0;
  if (await store.put('counters', 'shared', ifVersion + 1, { ifVersion })) won.push(ifVersion + 1);
}
await store.close();
process.stdout.write(JSON.stringify(won));

/* Records more than its disk takes, then says what became of it: `node record-until-full.ts FOLDER`. */
import { openHistory } from '../../../src/state/index.ts';
import { exchangeReport } from './exchange-report.ts';

const warnings: string[] = [];
const { history, close } = await openHistory({
  stateFolder: process.argv[2] ?? '',
  days: () => 30,
  scrub: (text) => text,
  warn: (message) => warnings.push(message),
});
for (let round = 0; round < 20; round += 1) {
  for (let index = 0; index < 200; index += 1)
    history.record(exchangeReport({ request_id: `req_${String(round).padStart(3, '0')}${index}` }));
  await history.flush();
}
const { dropped } = history;
const kept = (await history.recent({ limit: 10_000 })).length;
await close();
process.stdout.write(JSON.stringify({ warnings, dropped, kept }));

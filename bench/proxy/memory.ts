import { absolute, type Row } from '../report/row.ts';
import { SERVERS, type Stage } from './stage.ts';

/** Resident memory of each server, in MiB. */
export type Memory = { readonly [server: string]: number };

const IDLE_TARGET_MIB = 85;

/** Asks every server how much it holds. */
export async function memoryOf({ servers }: Stage): Promise<Memory> {
  const entries = SERVERS.map(async (name) => [name, (await servers[name].usage()).rssMiB] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** What the servers held before the first request and after the last one. */
export function memoryRows(idle: Memory, after: Memory): Row[] {
  return [
    besideFloor(absolute('memory', 'RSS idle, MiB', idle['claudex'] ?? Number.NaN, IDLE_TARGET_MIB), idle),
    besideFloor(absolute('memory', 'RSS after the loads, MiB', after['claudex'] ?? Number.NaN), after),
  ];
}

function besideFloor(row: Row, memory: Memory): Row {
  const floor = memory['jsonfloor'] ?? Number.NaN;
  return { ...row, floor, against: 'jsonfloor', ratio: row.ours / floor };
}

import { isTable, type JsonLike, type Path, type Table } from '../tables.ts';
import type { Step } from './steps.ts';

/** What values are after a step. Nothing that was handed in is changed. */
export function changedValues(values: Table, step: Step): Table {
  return changed(values, step.path, step) as Table;
}

function changed(value: JsonLike | undefined, path: Path, step: Step): JsonLike {
  const [key, ...rest] = path;
  if (key === undefined) return step.op === 'remove' ? null : step.value;
  if (Array.isArray(value)) {
    const list = [...value];
    if (rest.length === 0 && step.op === 'remove') list.splice(Number(key), 1);
    else list[Number(key)] = changed(list[Number(key)], rest, step);
    return list;
  }
  const entries = Object.entries(isTable(value) ? value : {});
  const others = entries.filter(([name]) => name !== key);
  if (rest.length === 0 && step.op === 'remove') return Object.fromEntries(others);
  const below = changed(entries.find(([name]) => name === key)?.[1], rest, step);
  if (others.length === entries.length) return Object.fromEntries([...entries, [key, below]]);
  return Object.fromEntries(entries.map(([name, old]) => [name, name === key ? below : old]));
}

/** Values as they count: a key without a value, an empty table and a list of no profiles are as good as none. */
export function asCounted(values: Table): unknown {
  const { profiles, ...others } = counted(values) as Table;
  return profiles === undefined || (Array.isArray(profiles) && profiles.length === 0)
    ? others
    : { ...others, profiles };
}

function counted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(counted);
  if (!isTable(value)) return value === 0 ? 0 : value;
  const entries = Object.entries(value).map(([key, below]): [string, unknown] => [key, counted(below)]);
  return Object.fromEntries(entries.filter(([, below]) => below !== null && !isEmptyTable(below)));
}

function isEmptyTable(value: unknown): boolean {
  return isTable(value) && Object.keys(value).length === 0;
}

import { inspectStateStore, type StoreHealth } from '../../state/index.ts';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const ID = 'history';
const MEBIBYTE = 1024 * 1024;

/** Whether the file with the history is sound. */
export async function checkHistory(installation: Installation): Promise<Diagnosis[]> {
  const { history } = await installation.values();
  const health = await inspectStateStore(installation.facts.directories.state);
  if (health.state === 'absent') return [ok(ID, history.days === 0 ? 'No history is kept' : 'The history is empty')];
  if (health.state === 'sound') {
    return [ok(ID, 'The history is sound', `${health.file}, ${Math.ceil(health.bytes / MEBIBYTE)} MiB`)];
  }
  return [COMPLAINTS[health.state](health.file, health.reason ?? 'unknown')];
}

type Complain = (file: string, reason: string) => Diagnosis;

const COMPLAINTS: { readonly [state in Exclude<StoreHealth['state'], 'absent' | 'sound'>]: Complain } = {
  damaged: (file, reason) =>
    warning(ID, 'The history is damaged', {
      detail: `${file}: ${reason}.`,
      remedy: 'The proxy moves it aside and begins a new one; what is in it may be lost.',
    }),
  'too-new': (file, reason) =>
    warning(ID, 'A later version of Claudex wrote the history', {
      detail: `${file}: ${reason}. This version keeps its history in memory.`,
      remedy: 'Update Claudex.',
    }),
  unusable: (file, reason) =>
    problem(ID, 'The history cannot be used', {
      detail: `${file}: ${reason}.`,
      remedy: `Make ${file} a file that you may read and write, or remove it.`,
    }),
};

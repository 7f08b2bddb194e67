import { messageOf } from '../errors/index.ts';
import type { Examination } from './examine.ts';

/** What `--fix` has done and what it could not do, one sentence each. */
export interface Mended {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

/** Does everything that is safe to do, one after the other. */
export async function mend({ fixes }: Examination): Promise<Mended> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const fix of fixes) {
    try {
      const what = await fix();
      if (what !== undefined) done.push(what);
    } catch (error) {
      failed.push(messageOf(error));
    }
  }
  return { done, failed };
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from './stage.ts';

/** Tells the client that this user has seen the welcome and trusts the folder. */
export async function skipOnboarding(stage: Stage): Promise<void> {
  const state = {
    hasCompletedOnboarding: true,
    theme: 'dark',
    projects: { [stage.home.work]: { hasTrustDialogAccepted: true } },
  };
  await writeFile(join(stage.home.home, '.claude.json'), JSON.stringify(state));
}

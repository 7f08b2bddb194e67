import { join, sep } from 'node:path';
import { ok, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { pathExists } from '../path-exists.ts';

/** How this copy was installed, and so how it is renewed. Asks nobody whether there is something newer. */
export async function checkUpdate({ facts }: Installation): Promise<Diagnosis[]> {
  const { version, programRoot } = facts;
  return [ok('update', `Claudex ${version}`, `${programRoot}; ${await howToUpdate(programRoot)}`)];
}

async function howToUpdate(root: string): Promise<string> {
  if (root.split(sep).includes('node_modules')) {
    return 'installed with npm, "npm install --global claudex@latest" renews it';
  }
  if (await pathExists(join(root, '.git'))) return 'a checkout, "git pull" and "npm start" renew it';
  return 'installed from an archive, unpacking a newer one renews it';
}

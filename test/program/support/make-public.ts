import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Does something with a folder and everything below it. */
export function makePublic(folder: string, give: (path: string) => void): void {
  give(folder);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) give(join(folder, name));
}

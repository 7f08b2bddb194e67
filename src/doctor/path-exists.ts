import { access } from 'node:fs/promises';

/** Whether there is anything at a path that can be looked at. */
export async function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

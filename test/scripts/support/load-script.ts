import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../support/source-files.ts';

/** Imports a module of `scripts`. These are plain JavaScript without types, because they run before any set-up. */
export async function loadScript<Module>(path: string): Promise<Module> {
  const module: Module = await import(pathToFileURL(join(ROOT, 'scripts', path)).href);
  return module;
}

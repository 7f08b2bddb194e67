import { expect } from 'chai';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../support/source-files.ts';

type CompileCacheFolder = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform) => string | undefined;

describe('the folder for compiled code', () => {
  let compileCacheFolder: CompileCacheFolder;

  before(async () => {
    const address = pathToFileURL(join(ROOT, 'bin', 'compile-cache-folder.js')).href;
    ({ compileCacheFolder } = (await import(address)) as { compileCacheFolder: CompileCacheFolder });
  });

  it('belongs to the user, on every platform', () => {
    const below = (...folders: string[]): string => join(homedir(), ...folders, 'claudex', 'compile-cache');
    expect(compileCacheFolder({}, 'linux')).to.equal(below('.cache'));
    expect(compileCacheFolder({}, 'darwin')).to.equal(below('Library/Caches'));
    expect(compileCacheFolder({ XDG_CACHE_HOME: '/caches' }, 'linux')).to.equal('/caches/claudex/compile-cache');
    expect(compileCacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).to.equal('/local/claudex/compile-cache');
  });

  it('is left to Node where the user has chosen one for all programs', () => {
    expect(compileCacheFolder({ NODE_COMPILE_CACHE: '/mine' }, 'linux')).to.equal(undefined);
  });
});

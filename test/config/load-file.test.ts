import { expect } from 'chai';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../../src/config/load-file.ts';
import { isClaudexError } from '../../src/errors/index.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

describe('work in another folder', () => {
  let workspace: Workspace;
  const before = process.cwd();
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => {
    process.chdir(before);
    workspace.remove();
  });

  it('is done there, and the process is back afterwards, also when it fails', () => {
    expect(inFolder(workspace.project, () => process.cwd())).to.equal(workspace.project);
    expect(process.cwd()).to.equal(before);
    const fail = (): never => {
      throw new Error('on purpose');
    };
    expect(() => inFolder(workspace.project, fail)).to.throw('on purpose');
    expect(process.cwd()).to.equal(before);
  });

  it('is refused when there would be no way back', () => {
    const gone = join(workspace.root, 'gone');
    mkdirSync(gone);
    process.chdir(gone);
    rmSync(gone, { recursive: true });
    let done = false;
    try {
      inFolder(workspace.project, () => (done = true));
      expect.fail('it was done');
    } catch (error) {
      expect(isClaudexError(error)).to.equal(true);
      expect(error).to.include({ code: 'working-folder-unusable', exitCode: 1 });
    }
    expect(done).to.equal(false);
    expect(() => process.cwd()).to.throw('ENOENT');
  });
});

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join, relative } from 'node:path';
import { expect } from 'chai';
import { findClaude } from '../../src/launcher/index.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('finding claude', () => {
  const folder = temporaryFolder();

  async function program(...path: string[]): Promise<string> {
    const file = join(folder(), ...path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '#!/bin/sh\n', { mode: 0o755 });
    return file;
  }

  it('takes the first match in PATH that can be executed', async () => {
    await chmod(await program('one', 'claude'), 0o644);
    await mkdir(join(folder(), 'two', 'claude'), { recursive: true });
    const right = await program('three', 'claude');
    await program('four', 'claude');
    const here = relative(process.cwd(), join(folder(), 'four'));
    const PATH = ['', '.', here, ...['one', 'two', 'three', 'four'].map((name) => join(folder(), name))].join(
      delimiter,
    );
    expect(await findClaude('claude', { PATH })).to.equal(right);
  });

  it('takes a path as it is, relative to the current folder or to the home folder', async () => {
    const file = await program('bin', 'my-claude');
    expect(await findClaude(file, {})).to.equal(file);
    expect(await findClaude(relative(process.cwd(), file), {})).to.equal(file);
    expect(await findClaude('~/bin/my-claude', { HOME: folder() })).to.equal(file);
  });

  it('says how to install it when it is not in PATH', async () => {
    const error = await refusalOf(findClaude('claude', { PATH: folder() }));
    expect(error).to.include({ code: 'claude-not-found', exitCode: 1 });
    expect(error.remedy).to.include('npm install').and.include('https://code.claude.com/');
  });

  it('names the key when a program of another name is not there', async () => {
    const error = await refusalOf(findClaude('my-claude', { PATH: folder() }));
    expect(error).to.include({ code: 'claude-not-found', exitCode: 1 });
    expect(error.message).to.include('claude_binary is "my-claude"');
    expect(error.remedy).to.include('claude_binary').and.include('npm install');
  });

  it('names the path that the configuration gives when nothing is there', async () => {
    const error = await refusalOf(findClaude(join(folder(), 'nowhere'), {}));
    expect(error).to.include({ code: 'claude-not-found' });
    expect(String(error)).to.include('nowhere');
  });
});

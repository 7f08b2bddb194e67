import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findClaude } from '../../src/launcher/index.ts';
import { startedWith } from '../../src/launcher/start-program.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('finding claude on Windows', () => {
  const folder = temporaryFolder();

  async function file(name: string, text = ''): Promise<string> {
    const path = join(folder(), name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text, { mode: 0o755 });
    return path;
  }
  const find = (binary: string, environment: NodeJS.ProcessEnv = {}): Promise<string> =>
    findClaude(binary, { Path: `;relative;${folder()}`, ...environment }, 'win32');

  it('tries the endings of PATHEXT in their order, however the variables are written', async () => {
    await file('claude');
    await file('claude.ps1');
    const batch = await file('claude.cmd');
    expect(await find('claude')).to.equal(batch);
    const program = await file('claude.exe');
    expect(await find('claude')).to.equal(program);
    expect(await find('claude', { PathExt: '.CMD;.EXE' })).to.equal(batch);
  });

  it('takes a script of PowerShell when there is nothing else', async () => {
    const script = await file('claude.ps1');
    expect(await find('claude')).to.equal(script);
  });

  it('takes a name with its ending as it is, also as a path', async () => {
    const batch = await file('claude.cmd');
    expect(await find('claude.cmd')).to.equal(batch);
    expect(await find(join(folder(), 'claude.cmd'))).to.equal(batch);
    expect(await find(join(folder(), 'claude'))).to.equal(batch);
  });

  it('takes the program behind a shim of npm, so that no shell reads the arguments', async () => {
    const program = await file('node_modules/@anthropic-ai/claude-code/bin/claude.exe');
    const line = '"%dp0%\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe"   %*';
    await file('claude.cmd', `@ECHO off\r\nGOTO start\r\n:start\r\nSETLOCAL\r\nCALL :find_dp0\r\n${line}\r\n`);
    expect(await find('claude')).to.equal(program);
  });

  it('keeps a batch file that does something else, or whose program is gone', async () => {
    const batch = await file('claude.cmd', '@"%dp0%\\gone.exe" %*\r\n"%dp0%\\gone.exe" %*\r\n');
    expect(await find('claude')).to.equal(batch);
  });

  it('says how to get it when it is not there', async () => {
    expect(await refusalOf(find('claude'))).to.include({ code: 'claude-not-found', exitCode: 1 });
  });
});

describe('starting a program', () => {
  it('leaves everything as it is outside Windows', () => {
    expect(startedWith('/x/claude.cmd', ['a'], 'linux')).to.deep.equal({
      file: '/x/claude.cmd',
      arguments: ['a'],
      isBatch: false,
    });
  });

  it('knows on Windows what needs a shell', () => {
    expect(startedWith('C:\\claude.exe', ['a'], 'win32')).to.include({ file: 'C:\\claude.exe', isBatch: false });
    expect(startedWith('C:\\claude.CMD', ['a'], 'win32')).to.include({ file: 'C:\\claude.CMD', isBatch: true });
    const script = startedWith('C:\\claude.ps1', ['a "b"'], 'win32');
    expect(script.file).to.equal('powershell.exe');
    expect(script.arguments.slice(-3)).to.deep.equal(['-File', 'C:\\claude.ps1', 'a "b"']);
  });
});

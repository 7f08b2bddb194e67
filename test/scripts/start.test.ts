import { expect } from 'chai';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from '../support/source-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { loadScript } from './support/load-script.ts';

interface ClaudeCode {
  findClaudeCode: (options: { allowPath: boolean }) => Promise<{ path: string; version: string; from: string }>;
  platformPackage: (machine: { platform: string; arch: string; isMusl: boolean }) => string;
}
interface Scratch {
  makeScratch: () => { garden: string; home: string; remove: () => void };
  isolate: (environment: NodeJS.ProcessEnv, home: string, port: number) => NodeJS.ProcessEnv;
}
interface NextSteps {
  nextSteps: (known: {
    node: string;
    claude: { path: string; from: string };
    environment: NodeJS.ProcessEnv;
  }) => string;
}
interface WatchClaude {
  watchEvents: (
    file: string,
    args: readonly string[],
    options: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal; onEvent: (event: unknown) => void },
  ) => Promise<{ code: number; isLate: boolean }>;
}
interface TestScript {
  stepsFor: (mochaArguments: readonly string[]) => { name: string; args: string[] }[];
}

describe('"npm start"', () => {
  const path = process.env['PATH'];
  const folder = temporaryFolder();
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('takes the Claude Code on PATH that starts', async () => {
    const { findClaudeCode } = await loadScript<ClaudeCode>('claude-code.mjs');
    const program = join(folder(), 'claude');
    writeFileSync(program, '#!/bin/sh\necho "3.4.5 (Claude Code)"\n');
    chmodSync(program, 0o755);
    process.env['PATH'] = [join(folder(), 'missing'), folder(), path].join(delimiter);
    expect(await findClaudeCode({ allowPath: true })).to.deep.equal({ path: program, version: '3.4.5', from: 'PATH' });
  });

  it('knows the package of each platform that has one', async () => {
    const { platformPackage } = await loadScript<ClaudeCode>('claude-code.mjs');
    const linux = { platform: 'linux', arch: 'x64' };
    expect(platformPackage({ ...linux, isMusl: false })).to.equal('@anthropic-ai/claude-code-linux-x64');
    expect(platformPackage({ ...linux, isMusl: true })).to.equal('@anthropic-ai/claude-code-linux-x64-musl');
    expect(() => platformPackage({ platform: 'sunos', arch: 'x64', isMusl: false })).to.throw(
      /no package for sunos-x64/,
    );
  });

  it('makes a folder with files to look at and removes all of it', async () => {
    const { makeScratch } = await loadScript<Scratch>('support/scratch.mjs');
    const { garden, home, remove } = makeScratch();
    expect(readdirSync(garden)).to.include('README.md').and.to.have.lengthOf(3);
    expect(readdirSync(home)).to.deep.equal([]);
    remove();
    expect(existsSync(dirname(garden))).to.equal(false);
  });

  it("keeps the user's own configuration, session and proxy out of it", async () => {
    const { isolate } = await loadScript<Scratch>('support/scratch.mjs');
    const theirs = {
      LANG: 'C',
      HTTPS_PROXY: 'http://proxy',
      ANTHROPIC_API_KEY: 'k',
      CLAUDECODE: '1',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      CLAUDEX_CONFIG: '/x',
      XDG_CONFIG_HOME: '/theirs',
      HOME: '/theirs',
    };
    const environment = isolate(theirs, '/scratch', 4321);
    expect(environment).to.include({
      LANG: 'C',
      HTTPS_PROXY: 'http://proxy',
      CLAUDEX_PROXY_PORT: '4321',
      HOME: '/scratch',
    });
    expect(environment).not.to.have.any.keys(
      'ANTHROPIC_API_KEY',
      'CLAUDECODE',
      'CLAUDE_CODE_ENTRYPOINT',
      'CLAUDEX_CONFIG',
    );
    expect(Object.values(environment)).not.to.include('/theirs');
  });

  it('hands events on as they come and reports how the program ended', async () => {
    const { watchEvents } = await loadScript<WatchClaude>('support/watch-claude.mjs');
    const events: unknown[] = [];
    const script = `console.log('{"n":1}'); console.log('no event'); console.log('{"n":2}'); process.exitCode = 7`;
    const options = { cwd: folder(), env: process.env, onEvent: (event: unknown) => void events.push(event) };
    const ended = await watchEvents(process.execPath, ['-e', script], {
      ...options,
      signal: new AbortController().signal,
    });
    expect(ended).to.deep.equal({ code: 7, isLate: false });
    expect(events).to.deep.equal([{ n: 1 }, { n: 2 }]);
  });

  it('ends the program when the user interrupts', async () => {
    const { watchEvents } = await loadScript<WatchClaude>('support/watch-claude.mjs');
    const interrupted = new AbortController();
    const script = `console.log('{}'); setInterval(() => {}, 1000)`;
    const options = { cwd: folder(), env: process.env, signal: interrupted.signal, onEvent: () => interrupted.abort() };
    expect(await watchEvents(process.execPath, ['-e', script], options)).to.deep.equal({ code: 143, isLate: false });
  });

  it('ends with three next steps that work for the Node and the Claude Code that were found', async () => {
    const { nextSteps } = await loadScript<NextSteps>('support/next-steps.mjs');
    const known = { node: join(ROOT, 'node_modules/.bin/node'), environment: { XDG_CONFIG_HOME: '/conf' } };
    const own = nextSteps({ ...known, claude: { path: '/usr/bin/claude', from: 'PATH' } });
    expect(own).to.contain('/conf/claudex/config.toml').and.to.contain('node bin/run.js run demo');
    expect(own).to.contain('export PATH="$PWD/node_modules/.bin:$PATH"');
    const fetched = nextSteps({ ...known, claude: { path: join(ROOT, '.cache/x/claude'), from: 'cache' } });
    expect(fetched).to.contain('export PATH="$PWD/node_modules/.bin:$PWD/.cache/x:$PATH"');
  });
});

describe('"npm test"', () => {
  it('holds all tests to the coverage threshold, and a part of them to nothing', async () => {
    const { stepsFor } = await loadScript<TestScript>('test.mjs');
    expect(stepsFor([]).map((step) => step.name)).to.deep.equal(['oxfmt', 'oxlint', 'typescript', 'knip', 'c8']);
    expect(stepsFor(['--grep', 'demo']).at(-1)).to.deep.include({ name: 'mocha', args: ['--grep', 'demo'] });
    expect(stepsFor(['test/a.test.ts']).at(-1)?.args).to.include.members(['--no-config', 'test/a.test.ts']);
  });
});

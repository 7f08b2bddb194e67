import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal } from '../support/terminal.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

describe('claudex run in a terminal', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;

  beforeEach(async () => {
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()) });
    claude = await installFakeClaude(home);
    await home.writeConfig(
      `claude_binary = '${claude.path}'\n[[profiles]]\nname = "demo"\nprovider = "demo"\ncontext_window = 128000\n`,
    );
  });
  afterEach(() => home.close());

  async function screenOf(args: readonly string[], environment: { readonly [name: string]: string } = {}) {
    const session = startInTerminal(home, ['run', ...args], { ...claude.reporting(), ...environment });
    try {
      return { code: await session.exitCode(), screen: session.screen() };
    } finally {
      session.kill();
    }
  }

  it('says at the start what the model can do, and at the end how to go on', async () => {
    const { code, screen } = await screenOf(['demo', '--resume', 'old', '--verbose', '--append-system-prompt', 'a b'], {
      FAKE_ASK: '1',
      FAKE_EXIT: '3',
    });
    expect(code).to.equal(3);
    expect(screen).to.match(/^demo · 128k context.* · via demo\r?\n/);
    expect(screen).to.include(
      "Resume with: claudex run demo --resume fake-session --verbose --append-system-prompt 'a b'",
    );
  });

  it('gives no hint when there was no conversation, and says nothing at all around claude -p', async () => {
    expect((await screenOf(['demo'])).screen).not.to.include('Resume with');
    expect((await screenOf(['demo', '-p', 'hello'], { FAKE_ASK: '1' })).screen).to.equal('');
  });

  it('leaves Ctrl-C to claude, and ends with it', async () => {
    const path = join(home.root, 'interruptible.mjs');
    const script = `process.on('SIGINT', () => { console.log('interrupted'); setTimeout(() => process.exit(5), 200); });
      setInterval(() => {}, 1000); console.log('ready');`;
    await writeFile(path, `#!/usr/bin/env node\n${script}`, { mode: 0o755 });
    await home.writeConfig(`claude_binary = '${path}'\n`);
    const session = startInTerminal(home, ['run', 'demo']);
    try {
      await session.sees('ready');
      session.press('\u0003');
      expect(await session.exitCode()).to.equal(5);
      expect(session.screen().match(/interrupted/g)).to.have.length(1);
    } finally {
      session.kill();
    }
  });

  it('says once that --hyperlinks does not make paths clickable', async () => {
    const { code, stderr, stdout } = await runCli(home, ['run', 'demo', '--hyperlinks'], {
      environment: claude.reporting(),
    });
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
    expect(stderr.match(/no effect yet/g)).to.have.length(1);
    expect((await claude.report()).env).to.include({ FORCE_HYPERLINK: '1' });
  });
});

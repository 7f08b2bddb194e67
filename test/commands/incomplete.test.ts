import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal, type TerminalSession } from '../support/terminal.ts';

const CONFIGURATION = ['north', 'south']
  .map((name) => `[[profiles]]\nname = "${name}"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m-${name}"\n`)
  .join('');
const DOWN = '\u001b[B';

describe('a command that is not complete', function () {
  this.timeout(60_000);
  let home: IsolatedHome;

  before(async () => {
    home = await isolatedHome();
    await home.writeConfig(CONFIGURATION);
  });
  after(() => home.close());

  async function atTerminal(
    args: readonly string[],
    work: (terminal: TerminalSession) => Promise<void>,
  ): Promise<void> {
    const terminal = startInTerminal(home, args);
    try {
      await work(terminal);
    } finally {
      terminal.kill();
    }
  }

  it('lets a person pick one of the commands of a topic, and runs it', () =>
    atTerminal(['proxy'], async (terminal) => {
      await terminal.sees('What is to be done with "claudex proxy"?');
      await terminal.sees('status');
      terminal.press(`${DOWN}${DOWN}${DOWN}\r`);
      await terminal.sees('No proxy runs on port');
      expect(await terminal.exitCode()).to.equal(0);
    }));

  it('lets a person pick the profile, and goes on with it', () =>
    atTerminal(['profile', 'show'], async (terminal) => {
      await terminal.sees('name of the profile');
      await terminal.sees('south');
      terminal.press(`${DOWN}\r`);
      await terminal.sees('m-south');
      expect(await terminal.exitCode()).to.equal(0);
    }));

  it('asks a person for a text that is missing', () =>
    atTerminal(['config', 'get'], async (terminal) => {
      await terminal.sees('key');
      await terminal.type('log_level');
      await terminal.sees('info');
      expect(await terminal.exitCode()).to.equal(0);
    }));

  it('does nothing when the person leaves the list', () =>
    atTerminal(['profile'], async (terminal) => {
      await terminal.sees('What is to be done with "claudex profile"?');
      terminal.press('\u0003');
      await terminal.sees('cancelled');
      expect(await terminal.exitCode()).to.equal(1);
    }));

  it('shows the help of a topic to everybody else', async () => {
    const { code, stdout } = await runCli(home, ['profile']);
    expect(code).to.equal(0);
    for (const command of ['profile add', 'profile list', 'profile test']) expect(stdout).to.include(command);
  });

  it('is wrong usage to everybody else where an argument is missing', async () => {
    const { code, stdout, stderr } = await runCli(home, ['profile', 'show']);
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.include('profile');
  });
});

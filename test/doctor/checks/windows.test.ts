import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkWindows } from '../../../src/doctor/checks/windows.ts';
import type { Diagnosis } from '../../../src/doctor/finding.ts';
import { NEEDED_WINDOW } from '../../../src/local/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

const profile = (more: string): string =>
  `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n${more}`;

describe('doctor: windows', () => {
  const folder = temporaryFolder();

  async function judge(toml: string): Promise<readonly Diagnosis[]> {
    const installation = installationIn(folder());
    writeFileSync(join(folder(), 'config', 'config.toml'), toml, { mode: 0o600 });
    return checkWindows(installation);
  }

  it('says what each model takes, and who says so', async () => {
    expect(await judge(profile('context_window = 200000\n[profiles.models]\nhaiku = "h"\n'))).to.deep.equal([
      {
        id: 'window',
        state: 'ok',
        title: 'Windows of profile p',
        detail: 'm 200k (said by the profile); h 200k (said by the profile)',
      },
    ]);
  });

  it('warns of a window in which Claude Code has no room', async () => {
    const [found] = await judge(profile('context_window = 32768\n'));
    expect(found).to.include({ id: 'window', state: 'warning', detail: 'm 32.8k (said by the profile)' });
    expect(found?.remedy).to.include(NEEDED_WINDOW);
  });

  it('warns where nobody knows it, and says how to find out', async () => {
    const [found] = await judge(profile(''));
    expect(found).to.include({ state: 'warning', detail: 'm unknown' });
    expect(found?.remedy).to.include('claudex models p --refresh').and.include('context_window');
  });

  it("leaves the vendor's own models to Claude Code", async () => {
    const own = profile('')
      .replace('OpenAICompatible', 'DirectAnthropic')
      .replace('http://127.0.0.1:9', 'https://api.anthropic.com');
    expect((await judge(own))[0]).to.include({ state: 'ok' });
  });

  it('leaves out profiles that are not enabled, and those that cannot be used', async () => {
    expect(await judge(profile('enabled = false\n'))).to.deep.equal([]);
    expect(await judge(profile('provider = "nobody"\n'))).to.deep.equal([]);
  });
});

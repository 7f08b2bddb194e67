import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkClaude } from '../../../src/doctor/checks/claude.ts';
import { checkClaudeSettings } from '../../../src/doctor/checks/claude-settings.ts';
import type { Diagnosis } from '../../../src/doctor/finding.ts';
import { VERIFIED_CLAUDE_CODE } from '../../../src/doctor/verified-version.ts';
import { ROOT } from '../../support/source-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

describe('doctor: Claude Code', () => {
  const folder = temporaryFolder();

  /** Judges a claude that is this shell script. */
  async function judge(script: string, environment: NodeJS.ProcessEnv = {}): Promise<Diagnosis | undefined> {
    const bin = join(folder(), 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'claude'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return (
      await checkClaude(installationIn(folder(), { environment: { PATH: `${bin}:/usr/bin:/bin`, ...environment } }))
    )[0];
  }

  it('knows the version with which everything was last tried', () => {
    const page = readFileSync(join(ROOT, 'docs', 'compatibility.md'), 'utf8');
    expect(page).to.contain(`\nClaude Code ${VERIFIED_CLAUDE_CODE}:\n`);
  });

  it('is content with that version', async () => {
    const found = await judge(`echo "${VERIFIED_CLAUDE_CODE} (Claude Code)"`);
    expect(found).to.include({ state: 'ok', title: `Claude Code ${VERIFIED_CLAUDE_CODE}` });
    expect(found?.detail).to.equal(join(folder(), 'bin', 'claude'));
  });

  it('warns of an older one, and only mentions a newer one', async () => {
    const old = await judge('echo "1.0.5 (Claude Code)"');
    expect(old).to.include({ state: 'warning', title: 'Claude Code 1.0.5', remedy: 'Run "claude update".' });
    const fresh = await judge('echo 99.0.0');
    expect(fresh).to.include({ state: 'ok' });
    expect(fresh?.detail).to.contain(`newer than ${VERIFIED_CLAUDE_CODE}`);
  });

  it('says when there is none, and how to get it', async () => {
    const [none] = await checkClaude(installationIn(folder(), { environment: { PATH: '/nowhere' } }));
    expect(none).to.include({ id: 'claude', state: 'problem', title: 'Claude Code was not found' });
    expect(none?.remedy).to.contain('npm install --global @anthropic-ai/claude-code');
  });

  it('warns of one that does not say its version', async () => {
    expect(await judge('exit 7')).to.include({ state: 'warning' });
    expect((await judge('echo hello'))?.detail).to.contain('printed something else');
  });

  it('shows it no key', async () => {
    const seen = join(folder(), 'seen');
    await judge(`env > ${seen}; echo ${VERIFIED_CLAUDE_CODE}`, { OPENAI_API_KEY: 'canary-one', PLAIN: 'visible' });
    expect(readFileSync(seen, 'utf8')).to.contain('PLAIN=visible').and.to.not.contain('canary');
  });

  describe('its settings', () => {
    const write = (file: string, text: string): void => {
      const path = join(folder(), file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };

    it('says what of them is overridden, by name only', async () => {
      write('.claude/settings.json', '{"env":{"ANTHROPIC_BASE_URL":"http://canary","EDITOR":"vi"},"model":"canary"}');
      write('work/.claude/settings.local.json', '{"apiKeyHelper":"canary"}');
      const found = await checkClaudeSettings(installationIn(folder()));
      expect(found.map(({ state }) => state)).to.deep.equal(['ok', 'ok']);
      expect(found[0]?.detail).to.match(/settings\.json: env\.ANTHROPIC_BASE_URL, model$/);
      expect(found[1]?.detail).to.match(/settings\.local\.json: apiKeyHelper$/);
      expect(JSON.stringify(found)).to.not.contain('canary');
    });

    it('warns of a file that is no JSON, and looks where CLAUDE_CONFIG_DIR says', async () => {
      write('.claude/settings.json', '{');
      const [broken] = await checkClaudeSettings(installationIn(folder()));
      expect(broken).to.include({ state: 'warning' });
      expect(broken?.detail).to.contain('is not valid JSON');
      const environment = { CLAUDE_CONFIG_DIR: join(folder(), 'elsewhere') };
      const [sound, ...others] = await checkClaudeSettings(installationIn(folder(), { environment }));
      expect(sound).to.include({ state: 'ok', title: 'No settings of Claude Code are in the way' });
      expect(others).to.deep.equal([]);
    });
  });
});

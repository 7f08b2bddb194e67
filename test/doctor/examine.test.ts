import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../../src/doctor/checks.ts';
import { doctorPage, summaryOf } from '../../src/doctor/doctor-page.ts';
import { examine } from '../../src/doctor/examine.ts';
import { ok, problem, type Finding } from '../../src/doctor/finding.ts';
import { mend } from '../../src/doctor/mend.ts';
import { failure } from '../../src/errors/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installationIn } from './support/installation.ts';

const check = (id: string, examine: Check['examine'], limitMs?: number): Check => ({
  id,
  group: 'System',
  examine,
  ...(limitMs === undefined ? {} : { limitMs }),
});

describe('examine', () => {
  const folder = temporaryFolder();
  const examineWith = (...checks: Check[]) =>
    examine(installationIn(folder()), { first: [], others: checks, sharedLimitMs: 5_000 });

  it('makes a finding of a check that throws or never ends, and goes on', async () => {
    const { findings, fixes } = await examineWith(
      check('broken', () => Promise.reject(failure('x', 'it broke', 'Mend it.'))),
      check('bug', () => {
        throw new TypeError('nothing is undefined');
      }),
      check('endless', () => new Promise<never>(() => undefined), 50),
      check('fine', () => [ok('fine', 'Fine')]),
    );
    expect(findings.map(({ id, state, detail, remedy }) => [id, state, detail, remedy])).to.deep.equal([
      ['broken', 'problem', 'it broke', 'Mend it.'],
      ['bug', 'problem', 'nothing is undefined', null],
      ['endless', 'warning', 'It was given up after 0.05 s.', 'Try again when the machine has less to do.'],
      ['fine', 'ok', null, null],
    ]);
    expect(fixes).to.deep.equal([]);
  });

  it('does not wait for plugins that never answer', async () => {
    const installation = installationIn(folder(), { registry: () => new Promise<never>(() => undefined) });
    const checks = [
      check('needs them', () => installation.facts.registry().then(() => []), 50),
      check('fine', () => []),
    ];
    const { findings } = await examine(installation, { first: [], others: checks, sharedLimitMs: 50 });
    expect(findings.map(({ id, state }) => [id, state])).to.deep.equal([['needs them', 'warning']]);
  });

  it('goes on where the configuration cannot even be looked at', async () => {
    const installation = installationIn(folder());
    installation.configuration = () => Promise.reject(new TypeError('a mistake in the program'));
    const { findings } = await examine(installation);
    const found = findings.find(({ id }) => id === 'configuration');
    expect(found).to.include({ state: 'problem', detail: 'a mistake in the program' });
    expect(findings.find(({ id }) => id === 'node')).to.include({ state: 'ok' });
  });

  it('hides every secret, whoever quotes it', async () => {
    const installation = installationIn(folder(), {
      environment: { P_KEY: 'canary-one-0123', CLAUDEX_PROXY_TOKEN: 'canary-two-0123456' },
    });
    const profile =
      '[[profiles]]\nname = "p"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\napi_key_env = "P_KEY"\n';
    writeFileSync(join(folder(), 'config', 'config.toml'), profile, { mode: 0o600 });
    const quoting = check('quoting', () => [
      problem('quoting', 'canary-one-0123', { detail: 'has canary-two-0123456', remedy: 'say canary-one-0123' }),
    ]);
    const { findings } = await examine(installation, { first: [], others: [quoting], sharedLimitMs: 5_000 });
    expect(JSON.stringify(findings)).to.contain('********').and.to.not.contain('canary');
  });

  it('makes all real checks of an installation in which nothing is wrong', async () => {
    const environment = { PATH: '/nowhere', CLAUDEX_PROXY_PORT: '1', CLAUDEX_PROXY_TOKEN: 'a-token-0123456789' };
    const { findings } = await examine(installationIn(folder(), { environment }));
    const bad = findings.filter(({ state }) => state !== 'ok').map(({ id }) => id);
    expect(bad).to.deep.equal(['claude', 'global-file', 'profiles']);
    expect(new Set(findings.map(({ group }) => group)).size).to.equal(6);
  });
});

describe('mend', () => {
  it('does what can be done, and goes on after what cannot', async () => {
    const mended = await mend({
      findings: [],
      fixes: [
        async () => 'one',
        () => Promise.reject(new Error('it is stuck')),
        async () => undefined,
        async () => 'two',
      ],
    });
    expect(mended).to.deep.equal({ done: ['one', 'two'], failed: ['it is stuck'] });
  });
});

describe('doctorPage', () => {
  const finding = (more: Partial<Finding>): Finding => ({
    id: 'x',
    group: 'System',
    state: 'ok',
    title: 'Fine',
    detail: null,
    remedy: null,
    fixable: false,
    ...more,
  });
  const page = (findings: Finding[], width = 60): string[] => doctorPage(findings, (_state, text) => text, width);

  it('keeps titles and the sum within the terminal', () => {
    const title = 'A title of one finding that goes on for longer than a narrow terminal holds in one of its lines';
    const findings = [finding({ title, state: 'problem', fixable: true, remedy: title })];
    for (const width of [40, 60]) for (const line of page(findings, width)) expect(line.length).to.be.at.most(width);
  });

  it('puts findings into their groups, with a mark, what to do, and a sum', () => {
    const findings = [
      finding({ state: 'warning', title: 'Hm', fixable: true, remedy: 'Do it.' }),
      finding({ group: 'Claudex', state: 'problem', title: 'Bad', detail: 'Because.' }),
      finding({}),
    ];
    expect(page(findings)).to.deep.equal([
      'Claudex',
      '  ✗ Bad',
      '      Because.',
      '',
      'System',
      '  ! Hm',
      '      → Do it.',
      '  ✓ Fine',
      '',
      '1 problem, 1 warning, 1 in order. "claudex doctor --fix"',
      'mends 1.',
    ]);
    expect(summaryOf(findings)).to.deep.equal({ ok: 1, warnings: 1, problems: 1 });
    expect(page([finding({})]).at(-1)).to.equal('All is well: 1 thing looked at.');
  });

  it('wraps between words, and lets no control character through', () => {
    const path = `/a/${'long/'.repeat(20)}path`;
    const lines = page([finding({ title: 'a\u001B[31m', detail: `word ${'more '.repeat(20)}${path}` })]);
    expect(lines.join('\n')).to.contain(path).and.to.not.contain('\u001B');
    expect(lines.filter((line) => line.length > 60).map((line) => line.trim())).to.deep.equal([path]);
  });
});

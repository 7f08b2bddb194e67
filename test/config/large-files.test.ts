import { expect } from 'chai';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

const many = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');

const FILES: readonly [what: string, name: string, make: () => string][] = [
  [
    'profiles and rules that name them',
    'claudex.toml',
    () =>
      many(20_000, (n) => `[[profiles]]\nname="p${n}"\n`) + `[router.rules]\n${many(20_000, (n) => `r${n}="p${n}"\n`)}`,
  ],
  [
    'the same in YAML',
    'claudex.yaml',
    () =>
      `profiles:\n${many(20_000, (n) => `- {name: p${n}}\n`)}router:\n  rules:\n${many(20_000, (n) => `    r${n}: p${n}\n`)}`,
  ],
  ['unknown keys', 'claudex.toml', () => many(50_000, (n) => `proxy_prot${n}=1\n`)],
  ['unknown keys in YAML', 'claudex.yaml', () => many(50_000, (n) => `proxy_prot${n}: 1\n`)],
  ['unknown keys where some are allowed', 'claudex.toml', () => `[timeouts]\n${many(50_000, (n) => `idle${n}=1\n`)}`],
  ['wrong values', 'claudex.toml', () => `[model_aliases]\n${many(50_000, (n) => `a${n}=1\n`)}`],
  ['paths to index', 'claudex.toml', () => `[context.rag]\nindex_paths=[${many(200_000, () => '"a",')}]\n`],
  ['one long path to index', 'claudex.toml', () => `[context.rag]\nindex_paths=["${'a/'.repeat(400_000)}"]\n`],
  ['one long key', 'claudex.toml', () => `${'a.'.repeat(400_000)}b = 1`],
  ['aliases', 'claudex.yaml', () => `model_aliases:\n  a: &a x\n${many(40_000, (n) => `  b${n}: *a\n`)}`],
];

describe('a large file of a stranger', function () {
  this.timeout(30_000);
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  for (const [what, name, make] of FILES) {
    it(`that is full of ${what} costs no time and few words`, async () => {
      const text = make();
      expect(text.length).to.be.within(400_000, 1_048_576);
      workspace.write(`project/${name}`, text);
      const started = performance.now();
      const words = await workspace.load().then(
        ({ warnings }) => warnings.join(),
        (error: unknown) => String(error),
      );
      // With quadratic work it would be minutes; the margin is for a busy machine.
      expect(performance.now() - started).to.be.lessThan(10_000);
      expect(words.length).to.be.within(1, 5000);
    });
  }
});

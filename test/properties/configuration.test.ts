import { expect } from 'chai';
import fc from 'fast-check';
import { exportedText, MASK } from '../../src/config/index.ts';
import { maskedFileText } from '../../src/config/inspect/masked-file-text.ts';
import { check } from '../../src/config/check.ts';
import { configurationOf } from '../../src/config/complete.ts';
import { mergeLayers } from '../../src/config/merge.ts';
import { documentKind } from '../../src/config/schema.ts';
import type { Table } from '../../src/config/tables.ts';
import { parseToml } from '../../src/config/toml.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import { RUNS } from './support/runs.ts';

const PARSERS = { json: parseYaml, toml: parseToml, yaml: parseYaml };
const FORMATS = ['json', 'toml', 'yaml'] as const;

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const word = fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name.trim() !== '');
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/).filter((key) => key !== 'auto');
const model = text.filter((value) => value.trim() !== '');
const key = word.filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));

/** What `quirks` and `options` may hold, as far as every format can say it. */
const { anything } = fc.letrec((tie) => ({
  anything: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((figure) => figure + 0),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('anything'),
  ),
}));

const profile = fc.record(
  {
    name,
    base_url: fc.constantFrom('https://a.example', 'http://127.0.0.1:8000/v1/'),
    default_model: model,
    api_key: text,
    enabled: fc.boolean(),
    priority: fc.nat(),
    models: fc.record({ haiku: model, opus: model }, { requiredKeys: [] }),
    query_params: fc.dictionary(key, text, { maxKeys: 3 }),
    strip_params: fc.oneof(fc.constantFrom('auto', 'none', 'a, b', false), fc.array(word, { maxLength: 3 })),
    timeouts: fc.record({ idle_s: fc.double({ min: 0, max: 1000, noNaN: true }).map(Math.abs) }),
    quirks: anything,
    options: anything,
  },
  { requiredKeys: ['name', 'base_url', 'default_model'] },
);

const configuration = fc.record(
  {
    proxy_port: fc.integer({ min: 1, max: 65_535 }),
    hyperlinks: fc.constantFrom('auto', true, 'off'),
    model_aliases: fc.dictionary(key, text, { maxKeys: 4 }),
    retry: fc.record({ budget: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs) }),
    profiles: fc.uniqueArray(profile, { selector: (entry) => entry.name, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

function read(document: string, format: (typeof FORMATS)[number]): unknown {
  const values = check(PARSERS[format](document).values ?? {}, documentKind, [], (path, words) => {
    throw new Error(`${format}: ${path.join('.')}: ${words()}`);
  });
  return configurationOf(mergeLayers([values as Table]));
}

describe('any configuration', () => {
  it('means the same in TOML, YAML and JSON, and after it was read and written again', async () => {
    await fc.assert(
      fc.asyncProperty(configuration, async (values) => {
        const [json, toml, yaml] = await Promise.all(
          FORMATS.map(async (format) => read(await exportedText(values, format), format)),
        );
        expect(toml).to.deep.equal(json);
        expect(yaml).to.deep.equal(json);
        for (const format of FORMATS) {
          const again = read(await exportedText(json as object, format), format);
          expect(again, format).to.deep.equal(json);
        }
      }),
      // Each run writes and reads six documents.
      { numRuns: Math.ceil(RUNS.numRuns / 5) },
    );
  });

  it('is printed as a file without its secrets, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(configuration, fc.string({ unit: 'grapheme', minLength: 8 }), async (values, secret) => {
        const bare = secret.trim();
        fc.pre(bare.length >= 8);
        const profile = { name: 's', provider: 'x', api_key: secret, options: { auth: [secret] } };
        const secretive = { ...values, profiles: [profile] };
        for (const format of FORMATS) {
          const masked = maskedFileText(await exportedText(secretive, format), secretive);
          for (const form of [bare, JSON.stringify(bare).slice(1, -1)]) expect(masked, format).to.not.contain(form);
          expect(masked.split(MASK), format).to.have.length.greaterThan(2);
        }
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 5) },
    );
  });
});

import { expect } from 'chai';
import { Plugin } from '@oclif/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, ROOT } from '../support/source-files.ts';

interface Described {
  readonly summary?: string;
  readonly description?: string;
  readonly hidden?: boolean;
}

type Manifest = {
  readonly commands: { readonly [id: string]: Described & { readonly flags: Record<string, Described> } };
};

describe('oclif.manifest.json', () => {
  let committed: Manifest;

  before(() => {
    committed = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8'));
  });

  it('is what the built commands say; "npm run manifest" renews it', async () => {
    const plugin = new Plugin({
      errorOnManifestCreate: true,
      ignoreManifest: true,
      respectNoCacheDefault: true,
      root: ROOT,
      type: 'core',
    });
    await plugin.load();
    expect(JSON.parse(JSON.stringify(plugin.manifest))).to.deep.equal(committed);
  });

  it('has each file of src/commands as a command', () => {
    const expected = filesBelow(['src/commands'], ['.ts']).map((file) =>
      file
        .replace(/^src\/commands\/|\.ts$/g, '')
        .split('/')
        .filter((word) => word !== 'index')
        .join(':'),
    );
    expect(Object.keys(committed.commands)).to.have.members(expected.map((id) => (id === '' ? '.' : id)));
  });

  it('describes every command and every flag', () => {
    const silent: string[] = [];
    for (const [id, command] of Object.entries(committed.commands)) {
      if (!isDescribed(command)) silent.push(id);
      for (const [name, flag] of Object.entries(command.flags)) {
        if (!isDescribed(flag)) silent.push(`${id} --${name}`);
      }
    }
    expect(silent).to.deep.equal([]);
  });
});

function isDescribed({ summary, description, hidden }: Described): boolean {
  return hidden === true || Boolean(summary ?? description);
}

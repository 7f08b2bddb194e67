import { expect } from 'chai';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NODE_VERSIONS } from '../pack/support/node-binary.ts';
import { readPackage } from '../support/packages.ts';
import { pluginFolders, ROOT } from '../support/source-files.ts';

const range = readPackage('.').engines.node;

describe('the Node version', () => {
  let supportedNode: (version: string) => string | undefined;

  before(async () => {
    // Plain JavaScript without types, because it must run on any Node.
    ({ supportedNode } = await import(pathToFileURL(join(ROOT, 'bin', 'supported-node.js')).href));
  });

  it('that runs the tests is the one of the dev dependencies', () => {
    expect(process.version).to.match(/^v24\./);
  });

  it('is the same in every package', () => {
    const others = pluginFolders().map((name) => readPackage(`plugins/${name}`).engines.node);
    expect(new Set([range, ...others])).to.deep.equal(new Set([range]));
  });

  it('is refused by the start script exactly when engines.node excludes it', () => {
    const disagreements: string[] = [];
    for (let major = 16; major <= 30; major += 1) {
      for (let minor = 0; minor <= 30; minor += 1) {
        for (let patch = 0; patch <= 4; patch += 1) {
          const version = `${major}.${minor}.${patch}`;
          const accepted = supportedNode(version) === undefined;
          if (accepted !== satisfies([major, minor, patch], range)) disagreements.push(version);
        }
      }
    }
    expect(disagreements).to.deep.equal([]);
  });

  it('that the packed program is tried on is the lowest of each release line', () => {
    const lowest = [...range.matchAll(/\^([\d.]+)/g)].map((match) => match[1]);
    expect(NODE_VERSIONS.supported).to.deep.equal(lowest);
    expect(supportedNode(NODE_VERSIONS.refused)).to.be.a('string');
  });

  it('is named in a refusal of one line that also says how to get it', () => {
    const refusal = supportedNode('20.20.2');
    expect(refusal)
      .to.include('20.20.2')
      .and.to.match(/npm install|nodejs\.org/);
    expect(refusal?.split('\n')).to.have.lengthOf(1);
    for (const part of range.split(' || ')) expect(refusal).to.include(part);
  });
});

type Version = readonly [major: number, minor: number, patch: number];

/** Understands what we write in engines: `^1.2.3` and `>=1.2.3` joined by ` || `. */
function satisfies(version: Version, wanted: string): boolean {
  return wanted.split(' || ').some((part) => {
    const match = /^(\^|>=)(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(part);
    if (match === null) throw new Error(`unexpected range ${part}`);
    const lowest: Version = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
    return compare(version, lowest) >= 0 && (match[1] === '>=' || version[0] === lowest[0]);
  });
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

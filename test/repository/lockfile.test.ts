import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

const lock: { packages: { [path: string]: LockedPackage } } = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
);
const locked = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));

describe('the lockfile', () => {
  it('says nothing about where packages were fetched from', () => {
    const places = locked.filter(([, entry]) => entry.resolved !== undefined && entry.link !== true);
    expect(locked.length).to.be.greaterThan(100);
    expect(places.map(([path]) => path)).to.deep.equal([]);
  });

  it('pins the content of every package but our own', () => {
    const loose = locked.filter(([, entry]) => entry.integrity === undefined && entry.link !== true && !entry.inBundle);
    expect(loose.map(([path]) => path)).to.deep.equal([]);
  });

  it('knows the packages for every platform, without which a fresh "npm ci" refuses to begin', () => {
    const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing).to.deep.equal([]);
  });

  it('has no node-fetch 2 among what users install', () => {
    const production = locked.filter(([path, entry]) => path.endsWith('node_modules/node-fetch') && entry.dev !== true);
    expect(production.map(([, entry]) => entry.version?.split('.')[0])).to.deep.equal(['3']);
  });
});

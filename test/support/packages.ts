import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './source-files.ts';

/** The fields of a package.json that tests look at; empty where the file has none. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly scripts: { readonly [name: string]: string };
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly bundleDependencies: readonly string[];
  readonly oclif: { readonly plugins: readonly string[] };
}

/** Reads the package.json of a folder given from the root of the checkout. */
export function readPackage(folder: string): PackageManifest {
  const absent = { scripts: {}, dependencies: {}, devDependencies: {}, peerDependencies: {}, bundleDependencies: [] };
  return { ...absent, ...JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) };
}

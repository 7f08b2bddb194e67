import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Brings a folder of programs up to date. What is new comes first and what is gone goes last, so that a program started
 * meanwhile finds all its parts; a file that did not change is left alone, and with it the compiled code kept for it.
 * @param {string} folder everything in it that ends with one of `endings` belongs to the bundle
 * @param {readonly {readonly path: string, readonly contents: string | Uint8Array}[]} files
 * @param {RegExp} endings
 */
export function writeOutputs(folder, files, endings) {
  const isPart = ({ path }) => path.startsWith(join(folder, 'chunks'));
  for (const file of [...files.filter(isPart), ...files.filter((each) => !isPart(each))]) writeChanged(file);
  const wanted = new Set(files.map(({ path }) => path));
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && endings.test(entry.name) && !wanted.has(path)) rmSync(path);
  }
  removeEmptyFolders(folder);
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

function writeChanged({ path, contents }) {
  const bytes = Buffer.from(contents);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  mkdirSync(dirname(path), { recursive: true });
  // A reader sees the old file or the new one, never half of one.
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, bytes);
  renameSync(aside, path);
}

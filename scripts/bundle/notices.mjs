import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The licences of the packages whose code is in a bundle, as their terms ask for.
 * @param {string} root
 * @param {readonly string[]} inputs the bundled files, relative to `root`
 */
export function noticesFor(root, inputs) {
  const folders = new Set(
    inputs.filter((input) => input.includes('node_modules/')).map((input) => packageFolder(join(root, input))),
  );
  const texts = [...folders].map((folder) => ({ ...readPackage(folder), text: licenceOf(folder) }));
  const unique = new Map(texts.map((each) => [`${each.name} ${each.version}`, each]));
  const sorted = [...unique].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const sections = sorted.map(([title, { license, text }]) => `${title} (${license})\n\n${text}`);
  return `${[INTRODUCTION, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const INTRODUCTION =
  'The programs in this folder contain code of the following packages, under the terms that stand below each name.';

/** The nearest folder above that is a package and not only a mark for the kind of its modules. */
function packageFolder(file) {
  let folder = dirname(file);
  while (readPackage(folder).version === undefined) folder = dirname(folder);
  return folder;
}

function readPackage(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return {};
  const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'));
  return { name, version, license };
}

/** A few packages name their licence and ship no text of it. */
function licenceOf(folder) {
  const names = readdirSync(folder).filter((name) => LICENCE.test(name));
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return texts.length > 0 ? texts.join('\n\n') : 'The package ships no text of its licence.';
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledProviders } from './support/bundled-providers.mjs';
import { ROOT } from './support/checkout.mjs';
import { tokens } from './support/figures.mjs';
import { markdownTable } from './support/markdown-table.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { providerPage } from './support/provider-page.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';

const FOLDER = 'docs/providers';

/**
 * The overview of all providers and the page of each, so that neither can differ from the plugins. A test compares them
 * with the committed ones.
 * @returns {Promise<Map<string, string>>} texts by path below the checkout
 */
export async function providerPages() {
  // Providers that bring their own upstream are for trying Claudex out.
  const bundled = (await bundledProviders()).filter(({ provider }) => provider.start === undefined);
  const pages = bundled.map((each) => [`${FOLDER}/${each.provider.id}.md`, providerPage(each)]);
  return new Map([['docs/providers.md', overview(bundled)], ...pages]);
}

function overview(bundled) {
  const byTitle = bundled.toSorted((one, other) => one.provider.title.localeCompare(other.provider.title, 'en'));
  const rows = byTitle.map(({ provider }) => {
    const { id, title, models, knownModels = [] } = provider;
    const facts = knownModels.find((model) => model.id === models.default);
    return [
      `[${title}](providers/${id}.md)`,
      `\`${id}\``,
      protocolsOf(provider)
        .map((protocol) => `\`${protocol}\``)
        .join(', '),
      models.default === '' ? '–' : `\`${models.default}\``,
      tokens(facts?.contextWindow),
      Object.keys(provider.options ?? {})
        .map((name) => `\`${name}\``)
        .join(', ') || '–',
    ];
  });
  return `${HEAD}\n${markdownTable(['provider', 'id', 'protocols, the usual one first', 'default model', 'its window', 'options'], rows)}\n${TAIL}`;
}

function protocolsOf({ protocol, endpoints = [] }) {
  return [...new Set([protocol, ...endpoints.flatMap(({ bases }) => Object.keys(bases))])];
}

const HEAD = `# Providers

Made from the tables of the plugins by \`npm run provider-pages\`. \`claudex profile add\` sets one of them up, and \`claudex profile test --deep\` tells what works with your key. Where a vendor speaks Anthropic Messages well enough, that is what is used, and the client's bytes are passed on; else the better translation is.
`;

const TAIL = `Any other server works without a row here: \`claudex profile add --base-url https://host/v1 --model NAME\`. [The tutorial](plugins/tutorial.md) makes a plugin for one.
`;

await runAsProgram(import.meta.url, async () => {
  const pages = await providerPages();
  const stale = [...pages].filter(([path, page]) => readIfThere(path) !== page).map(([path]) => path);
  const left = pagesLeft(pages);
  if (process.argv.includes('--check')) {
    if (stale.length + left.length === 0) return;
    throw new ScriptError(`stale: ${[...stale, ...left].join(', ')}; run "npm run provider-pages" and commit them.`);
  }
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  for (const path of stale) writeFileSync(join(ROOT, path), pages.get(path));
  for (const path of left) rmSync(join(ROOT, path));
  tellOnStderr(`${pages.size} pages, ${stale.length} renewed, ${left.length} removed`);
});

/** Pages of providers that are there no more. */
function pagesLeft(pages) {
  const there = readdirSync(join(ROOT, FOLDER)).map((name) => `${FOLDER}/${name}`);
  return there.filter((path) => !pages.has(path));
}

function readIfThere(path) {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return undefined;
  }
}

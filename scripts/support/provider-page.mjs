import { markdownTable } from './markdown-table.mjs';
import { dollars, tokens } from './figures.mjs';

/** @typedef {import('@claudex/sdk').Provider} Provider */

const MADE_BY = 'Made from the table of its plugin by `npm run provider-pages`.';
const SLOTS = ['default', 'haiku', 'sonnet', 'opus', 'fable', 'subagent'];

/**
 * The page of one provider: how to set it up, where it is, what its models are, how it deviates, what does not work.
 * @param {{provider: Provider, plugin: string}} bundled
 * @returns {string}
 */
export function providerPage({ provider, plugin }) {
  return [
    `# ${provider.title}\n`,
    `${MADE_BY} [All providers](../providers.md)\n`,
    ...setUp(provider),
    ...addresses(provider),
    ...options(provider),
    ...models(provider),
    ...deviations(provider),
    ...gaps(provider),
    `The table is in [\`${plugin.replace('@claudex/plugin-', 'plugins/')}\`](../../${plugin.replace('@claudex/plugin-', 'plugins/')}/src).\n`,
  ].join('\n');
}

function setUp(provider) {
  const { id, keyPage, policy } = provider;
  const [variable] = keyVariables(provider);
  const wantsKey = provider.needsCredential !== false && provider.start === undefined;
  const needed = neededOptions(provider).map((name) => ` --option ${name}=…`);
  const lines = [
    ...(wantsKey && variable !== undefined ? [`export ${variable}=…`] : []),
    `claudex profile add --provider ${id} --name ${id}${needed.join('')} --yes`,
    `claudex run ${id}`,
  ];
  return [
    '## Set up\n',
    `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`,
    ...(keyPage === undefined || !wantsKey ? [] : [`A key is made at <${keyPage}>.\n`]),
    wantsKey ? keyText(provider) : 'No key is needed.\n',
    ...keysElsewhere(provider),
    ...(policy === undefined ? [] : [`**Policy:** ${policy}\n`]),
  ];
}

function keyText(provider) {
  const variables = keyVariables(provider);
  const stored = '`--api-key-stdin --keyring` stores a key instead.';
  return variables.length === 0 ? `${stored}\n` : `The key is looked for in ${codes(variables)}; ${stored}\n`;
}

/** Those of the usual address. */
function keyVariables({ keyVariables: own = [], endpoints = [] }) {
  return endpoints.find(({ when }) => when === undefined)?.keyVariables ?? own;
}

/** Where some options want a key of another kind. */
function keysElsewhere({ endpoints = [] }) {
  const lines = endpoints
    .filter(({ when, keyVariables: own }) => when !== undefined && own !== undefined)
    .map(({ when, keyVariables: own, keyPage }) => {
      const page = keyPage === undefined ? '' : `, made at <${keyPage}>`;
      return `- With ${conditionOf(when)}: ${codes(own)}${page}`;
    });
  return lines.length === 0 ? [] : ['Other options have keys of their own:\n', `${lines.join('\n')}\n`];
}

function codes(words) {
  return words.map((word) => `\`${word}\``).join(', ');
}

function conditionOf(when) {
  return codes(Object.entries(when).map(([name, value]) => `${name} = ${value}`));
}

/** Options that the usual address cannot do without. */
function neededOptions({ protocol, endpoints = [], options: all = {} }) {
  const bases = endpoints.at(-1)?.bases ?? {};
  const address = bases[protocol] ?? Object.values(bases)[0] ?? '';
  const names = [...address.matchAll(/\{([A-Za-z_]+)\}/g)].map(([, name]) => name);
  return names.filter((name) => all[name]?.default === undefined);
}

function addresses(provider) {
  const { baseUrl, protocol, endpoints = [] } = provider;
  const rows = [
    ...(endpoints.length === 0 && baseUrl !== undefined ? [['', protocol, baseUrl]] : []),
    ...endpoints.flatMap(({ when = {}, bases }) => {
      return Object.entries(bases).map(([id, base]) => [conditionOf(when), id, base]);
    }),
  ];
  if (rows.length === 0) return [];
  const usual = `The protocol is \`${protocol}\` unless a model below says another; \`provider_type\` in the profile chooses one for all of them.\n`;
  return [
    '## Addresses\n',
    ...(rows.length > 1 ? [usual] : []),
    markdownTable(
      ['options', 'protocol', 'address'],
      rows.map(([condition, id, base]) => [condition || '–', `\`${id}\``, `\`${base}\``]),
    ),
  ];
}

function options({ options: all = {} }) {
  const rows = Object.entries(all).map(([name, { meaning, choices, default: usual, variables = [] }]) => [
    `\`${name}\``,
    meaning,
    choices === undefined
      ? 'a text'
      : Object.entries(choices)
          .map(([value, words]) => `\`${value}\` ${words}`)
          .join('; '),
    usual === undefined ? '–' : `\`${usual}\``,
    variables.map((variable) => `\`${variable}\``).join(', ') || '–',
  ]);
  if (rows.length === 0) return [];
  return [
    '## Options\n',
    'Said by `--option name=value`, or under `options` in the profile.\n',
    markdownTable(['option', 'meaning', 'values', 'default', 'variables'], rows),
  ];
}

function models(provider) {
  const { knownModels = [], protocol } = provider;
  if (knownModels.length === 0) return [];
  const uses = usesOf(provider);
  const isMixed = knownModels.some((facts) => facts.protocol !== undefined && facts.protocol !== protocol);
  const rows = knownModels.map((facts) => [
    `\`${facts.id}\``,
    (uses.get(facts.id) ?? []).join(', ') || '–',
    tokens(facts.contextWindow),
    ...(knownModels.some((each) => each.maxInputTokens !== undefined) ? [tokens(facts.maxInputTokens)] : []),
    tokens(facts.maxOutputTokens),
    dollars(facts.price),
    facts.modalities === undefined ? '–' : facts.modalities.input.join(', '),
    ...(isMixed ? [`\`${facts.protocol ?? protocol}\``] : []),
  ]);
  const head = [
    'model',
    'slots',
    'window',
    ...(knownModels.some((each) => each.maxInputTokens !== undefined) ? ['longest prompt'] : []),
    'longest answer',
    'input / output / cache',
    'takes',
    ...(isMixed ? ['protocol'] : []),
  ];
  return [
    '## Models\n',
    'Those that are known without asking; `claudex models` lists what the provider has today. Sizes are tokens, prices US dollars per million.\n',
    markdownTable(head, rows),
  ];
}

function usesOf({ models: slots, endpoints = [] }) {
  const uses = new Map();
  for (const table of [slots, ...endpoints.map((endpoint) => endpoint.models ?? {})]) {
    for (const slot of SLOTS) {
      const id = table[slot];
      if (id === undefined) continue;
      uses.set(id, [...new Set([...(uses.get(id) ?? []), slot])]);
    }
  }
  return uses;
}

function deviations({ quirks = {}, wires = {}, knownModels = [] }) {
  const rows = [
    ...quirkRows('all', quirks),
    ...Object.entries(wires).flatMap(([protocol, wire]) => quirkRows(`\`${protocol}\``, wire.quirks ?? {})),
    ...knownModels.flatMap(({ id, quirks: own = {} }) => quirkRows(`\`${id}\``, own)),
  ];
  if (rows.length === 0) return [];
  return [
    '## Quirks\n',
    'What each means is in the [plugin reference](../plugins/reference.md#quirks); a profile overrides single ones under `quirks`.\n',
    markdownTable(['for', 'quirk', 'value'], rows),
  ];
}

function quirkRows(where, quirks) {
  return Object.entries(quirks).map(([name, value]) => [where, `\`${name}\``, `\`${JSON.stringify(value)}\``]);
}

function gaps({ knownGaps = [] }) {
  return knownGaps.length === 0 ? [] : ['## Known gaps\n', `${knownGaps.map((gap) => `- ${gap}`).join('\n')}\n`];
}

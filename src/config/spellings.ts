import { bareHost } from './hosts.ts';
import type { Kind } from './kinds.ts';
import { looksLikeKey } from './looks-like-key.ts';
import { isTable, type JsonLike } from './tables.ts';

/** A profile's name; it becomes a part of URLs. */
export const profileName: Kind = {
  type: 'text',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  expected: 'a profile name: a letter or digit, then up to 63 letters, digits, ".", "_" or "-"',
};

const HOST = /^(?:[A-Za-z0-9._-]+|\[?(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?\]?)$/;

/** A host name or an IP address, without a port; inside an IPv6 address without brackets. */
export const authority: Kind = {
  type: 'spelling',
  expected: 'a host name or an IP address without a port',
  schema: { type: 'string', pattern: HOST.source },
  settle: (value) => (typeof value === 'string' && HOST.test(value) ? bareHost(value) : undefined),
};

/** A token that fits into an HTTP header. */
export const headerToken: Kind = {
  type: 'text',
  pattern: /^[\x21-\x7e]+$/,
  expected: 'printable ASCII characters without spaces',
};

/** A header's name, as it may be a key. */
export const headerName = { pattern: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, expected: 'the name of a header' };

/** A header's value. A line break in it would be a second header. */
export const headerValue: Kind = {
  type: 'text',
  pattern: /^[\t\x20-\x7e\x80-\xff]*$/,
  expected: 'a text of one line that fits into a header',
};

/** An environment variable's name, as it may be a key. */
export const variableName = { pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, expected: 'the name of an environment variable' };

/** A provider's key. It goes into a header, so it is one line; a line end behind it, as files have it, does no harm. */
export const providerKey: Kind = {
  type: 'text',
  problem: (value) =>
    /\p{Cc}/u.test(value.trimEnd()) ? 'expected a key on one line, without control characters' : undefined,
};

/** The name of the variable that holds a key. People paste the key itself, which must not be echoed as a name. */
export const variableOfKey: Kind = {
  type: 'text',
  ...variableName,
  problem: (value) => (looksLikeKey(value) ? `expected ${variableName.expected}, not the key itself` : undefined),
};

/** An http(s) address; inside without a trailing slash. */
export const webAddress: Kind = {
  type: 'spelling',
  expected: 'an address that starts with http:// or https:// and has no query and no fragment',
  schema: { type: 'string', pattern: String.raw`^[Hh][Tt][Tt][Pp][Ss]?://[^\s?#@/]+(?:/[^\s?#]*)?$` },
  settle: (value) => {
    if (typeof value !== 'string' || !/^https?:\/\/[^\s?#]+$/i.test(value) || !URL.canParse(value)) return undefined;
    return holdsLogin(value) ? undefined : value.replace(/\/+$/, '');
  },
  problem: (value) => {
    if (typeof value !== 'string' || !holdsLogin(value)) return undefined;
    return 'an address cannot carry a login or a key before its "@"; use api_key_env or custom_headers for that';
  },
};

function holdsLogin(address: string): boolean {
  if (/^https?:[\\/]*[^\\/?#]*@/i.test(address)) return true;
  const { username, password } = URL.canParse(address) ? new URL(address) : { username: '', password: '' };
  return username !== '' || password !== '';
}

const LINK_SPELLINGS: ReadonlyMap<string, JsonLike> = new Map<string, JsonLike>([
  ['auto', 'auto'],
  ['on', true],
  ['enabled', true],
  ['true', true],
  ['off', false],
  ['disabled', false],
  ['false', false],
]);

/** `auto`, or a switch in one of the ways people write it. */
export const hyperlinks: Kind = {
  type: 'spelling',
  expected: '"auto", true or false (also "on", "off", "enabled", "disabled")',
  schema: {
    anyOf: [{ enum: ['auto', true, false] }, { type: 'string', pattern: anyCase([...LINK_SPELLINGS.keys()]) }],
  },
  settle: (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'string') return undefined;
    return LINK_SPELLINGS.get(value.toLowerCase());
  },
};

/** How a profile authenticates; `api_key` is what older files say. */
export const authType: Kind = {
  type: 'spelling',
  expected: '"api-key" or "oauth"',
  schema: { enum: ['api-key', 'api_key', 'oauth'] },
  settle: (value) => (value === 'api_key' || value === 'api-key' ? 'api-key' : value === 'oauth' ? value : undefined),
};

/** A login method's id. `openai` is another word for `chatgpt`. */
export const loginProvider: Kind = {
  type: 'spelling',
  expected: 'claude, chatgpt, google, qwen, kimi, github, gitlab or the id of a login from a plugin',
  schema: {
    type: 'string',
    pattern: '^[a-z][a-z0-9-]*$',
    examples: ['claude', 'chatgpt', 'google', 'qwen', 'kimi', 'github', 'gitlab'],
  },
  settle: (value) => {
    if (typeof value !== 'string' || !/^[a-z][a-z0-9-]*$/.test(value)) return undefined;
    return value === 'openai' ? 'chatgpt' : value;
  },
};

const NAMES_SCHEMA: JsonLike = { type: 'array', items: { type: 'string', minLength: 1 } };

/** `auto`, `none` (also false and nothing), names in a list or between commas; `{ List = [...] }` stands in older files. */
export const stripParams: Kind = {
  type: 'spelling',
  expected: '"auto", "none", a list of names or names between commas',
  schema: {
    anyOf: [
      { enum: ['auto', 'none', false] },
      { type: 'string' },
      NAMES_SCHEMA,
      { type: 'object', properties: { List: NAMES_SCHEMA }, required: ['List'], additionalProperties: false },
    ],
  },
  settle: (value) => {
    if (value === false) return 'none';
    if (typeof value === 'string') return stripParamsOf(value.trim());
    const list: unknown = isTable(value) && Object.keys(value).length === 1 ? value['List'] : value;
    if (!Array.isArray(list)) return undefined;
    const names: unknown[] = list;
    return names.every((name): name is string => typeof name === 'string' && name !== '') ? names : undefined;
  },
};

function stripParamsOf(text: string): JsonLike {
  const word = text.toLowerCase();
  if (word === 'auto') return 'auto';
  if (word === '' || word === 'none' || word === 'false') return 'none';
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A pattern for exactly these words, in capitals or not. */
function anyCase(words: readonly string[]): string {
  const letters = words.map((word) => word.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`));
  return `^(?:${letters.join('|')})$`;
}

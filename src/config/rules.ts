import type { Configuration } from './configuration.ts';
import type { Table } from './layers.ts';
import { nearest } from './nearest.ts';
import type { Profile } from './profile.ts';
import { profileReferences } from './references.ts';
import type { Path } from './tables.ts';

/** What the merged configuration has to fulfil beyond the right types. */
export interface RuleInput {
  readonly values: Configuration;
  readonly merged: Table;
  readonly report: (path: Path, message: string) => void;
}

type Rule = (input: RuleInput) => void;

/** Reports everything in the merged configuration that cannot work. */
export function applyRules(input: RuleInput): void {
  for (const rule of RULES) rule(input);
}

const reservedName: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    if (profile.name === 'auto')
      report(['profiles', index, 'name'], '"auto" is reserved for the router, choose another name');
  }
};

const completeProfile: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    if (profile.provider !== undefined) continue;
    for (const key of ['base_url', 'default_model'] as const) {
      if (profile[key] !== undefined) continue;
      report(['profiles', index, key], 'missing; set it, or set "provider" to one that brings it along');
    }
  }
};

const oauthNeedsProvider: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    if (profile.auth_type !== 'oauth' || profile.oauth_provider !== undefined || profile.provider !== undefined)
      continue;
    report(['profiles', index, 'oauth_provider'], 'missing; auth_type = "oauth" needs to know with whom to log in');
  }
};

const PROVIDER_TYPES = ['DirectAnthropic', 'OpenAICompatible', 'OpenAIResponses'];

/** Plugins may add words of their own, so only what looks like a slip of the pen is an error. */
const providerTypeSpelling: Rule = ({ values, report }) => {
  for (const [index, { provider_type: word }] of values.profiles.entries()) {
    if (word === undefined || PROVIDER_TYPES.includes(word)) continue;
    const meant = nearest(word, PROVIDER_TYPES);
    if (meant !== undefined) report(['profiles', index, 'provider_type'], `unknown, did you mean "${meant}"?`);
  }
};

const localHost: Rule = ({ values, report }) => {
  if (values.proxy_allow_remote || isLoopback(values.proxy_host)) return;
  report(
    ['proxy_host'],
    'others could reach the proxy there; use 127.0.0.1, or set proxy_allow_remote = true if that is what you want',
  );
};

const knownProfiles: Rule = ({ values, merged, report }) => {
  const names = new Set(values.profiles.map((profile) => profile.name));
  for (const { path, name } of profileReferences(merged)) {
    if (names.has(name)) continue;
    const meant = nearest(name, names);
    const hint = meant === undefined ? '' : `, did you mean "${meant}"?`;
    if (BUILT_IN.has(name)) report(path, `"${name}" is built in and cannot be used here, name a profile of your own`);
    else report(path, `there is no profile "${printedName(name)}"${hint}`);
  }
};

const notItsOwnBackup: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    const place = backupPlace(profile);
    if (place !== -1) report(['profiles', index, 'backup_providers', place], 'a profile cannot be its own backup');
  }
};

const RULES: readonly Rule[] = [
  reservedName,
  completeProfile,
  oauthNeedsProvider,
  providerTypeSpelling,
  localHost,
  knownProfiles,
  notItsOwnBackup,
];

const BUILT_IN: ReadonlySet<string> = new Set(['demo', 'local']);

function backupPlace(profile: Profile): number {
  return profile.backup_providers.indexOf(profile.name);
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

function printedName(name: string): string {
  return name.length > 64 ? `${name.slice(0, 64)}…` : name;
}

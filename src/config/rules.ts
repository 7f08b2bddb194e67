import type { Report } from './check.ts';
import type { Configuration, Profile } from './configuration.ts';
import { isLoopback } from './hosts.ts';
import { didYouMean, nearest } from './nearest.ts';
import { launchesWithoutProxy } from './own-login.ts';
import { profileReferences } from './references.ts';
import { printWord, type Table } from './tables.ts';

/** What the merged configuration has to fulfil beyond the right types. */
export interface RuleInput {
  readonly values: Configuration;
  readonly merged: Table;
  readonly report: Report;
}

type Rule = (input: RuleInput) => void;

/** Reports everything in the merged configuration that cannot work. */
export function applyRules(input: RuleInput): void {
  for (const rule of RULES) rule(input);
}

const reservedName: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    if (profile.name === 'auto')
      report(['profiles', index, 'name'], () => '"auto" is reserved for the router, choose another name');
  }
};

const completeProfile: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    if (profile.provider !== undefined || launchesWithoutProxy(profile)) continue;
    for (const key of ['base_url', 'default_model'] as const) {
      if (profile[key] !== undefined) continue;
      report(['profiles', index, key], () => 'missing; set it, or set "provider" to one that brings it along');
    }
  }
};

const oauthNeedsProvider: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    if (profile.auth_type !== 'oauth' || profile.oauth_provider !== undefined || profile.provider !== undefined)
      continue;
    report(
      ['profiles', index, 'oauth_provider'],
      () => 'missing; auth_type = "oauth" needs to know with whom to log in',
    );
  }
};

const PROVIDER_TYPES = ['DirectAnthropic', 'OpenAICompatible', 'OpenAIResponses', 'GoogleGemini'];

/** Plugins may add words of their own, so only what looks like a slip of the pen is an error. */
const providerTypeSpelling: Rule = ({ values, report }) => {
  for (const [index, { provider_type: word }] of values.profiles.entries()) {
    if (word === undefined || PROVIDER_TYPES.includes(word)) continue;
    const meant = nearest(word, PROVIDER_TYPES);
    if (meant !== undefined) report(['profiles', index, 'provider_type'], () => `unknown${didYouMean(meant)}`);
  }
};

const localHost: Rule = ({ values, report }) => {
  if (values.proxy_allow_remote || isLoopback(values.proxy_host)) return;
  report(
    ['proxy_host'],
    () =>
      'others could reach the proxy there; use 127.0.0.1, or set proxy_allow_remote = true if that is what you want',
  );
};

const knownProfiles: Rule = ({ values, merged, report }) => {
  const names = new Set(values.profiles.map((profile) => profile.name));
  for (const { path, name } of profileReferences(merged)) {
    if (!names.has(name)) report(path, () => unknownProfile(name, names));
  }
};

const notItsOwnBackup: Rule = ({ values, report }) => {
  for (const [index, profile] of values.profiles.entries()) {
    const place = backupPlace(profile);
    if (place !== -1)
      report(['profiles', index, 'backup_providers', place], () => 'a profile cannot be its own backup');
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

/** Profiles that exist without configuration. They can be run, and nothing else: no setting may name them. */
const BUILT_IN_NAMES: ReadonlySet<string> = new Set(['demo', 'local']);

const QUOTED = /^(["'])(?<bare>.+)\1$/;

function unknownProfile(name: string, names: Iterable<string>): string {
  const bare = QUOTED.exec(name)?.groups?.['bare'];
  if (bare !== undefined) return `the quotes have become a part of the name: write ${printWord(bare)} without them`;
  return BUILT_IN_NAMES.has(name)
    ? `"${name}" is built in and cannot be used here, name a profile of your own`
    : `there is no profile "${printWord(name)}"${didYouMean(nearest(name, names))}`;
}

function backupPlace(profile: Profile): number {
  return profile.backup_providers.indexOf(profile.name);
}

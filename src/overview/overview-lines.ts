import { printable } from '../config/index.ts';
import type { Overview, ProfileGlance, Readiness } from './overview.ts';

const READINESS: { readonly [readiness in Readiness]: string } = {
  ready: 'ready',
  keyring: 'key in the keyring',
  login: "claude's own login",
  'key-missing': 'no key',
  unusable: 'cannot be used',
};

/** What somebody reads who has no profile yet. */
export function welcomeLines({ version }: Overview): string[] {
  return [
    `Welcome to Claudex ${version}: Claude Code on every AI provider.`,
    '',
    '  1. claudex run demo      try it, without an account',
    '  2. claudex profile add   set up a provider of yours',
    '  3. claudex run NAME      start Claude Code on it',
    '',
    '"claudex doctor" says what is missing, "claudex help" lists',
    'all commands.',
  ];
}

/** The cells of a profile: a mark for the default one, its name, its model, its state. */
export function profileCells(profile: ProfileGlance, defaultProfile: string | null): string[] {
  const { name, model, enabled, readiness, problem } = profile;
  const state = problem === null ? READINESS[readiness] : `${READINESS[readiness]}: ${problem}`;
  return [name === defaultProfile ? '*' : '', name, model ?? '–', enabled ? state : 'disabled'].map(printable);
}

/** What stands below the profiles. */
export function overviewLines({ proxy, last_use, next, default_profile }: Overview, now: number): string[] {
  const last =
    last_use === null
      ? 'never, as far as is kept'
      : `${agoOf(now - Date.parse(last_use.at))}, ${last_use.profile}, ${last_use.model}`;
  return [
    ...(default_profile === null ? ['No profile is enabled.'] : []),
    `Proxy     ${proxyLine(proxy)}`,
    `Last use  ${last}`,
    `Next      ${next}`,
  ].map(printable);
}

function proxyLine({ running, port, version, sessions, problem }: Overview['proxy']): string {
  if (problem !== null) return `${problem}; see "claudex doctor"`;
  if (running === null) return `port ${port} does not answer; see "claudex doctor"`;
  if (!running) return `does not run; "claudex run" starts it`;
  return `port ${port}, version ${version}, ${sessions === 1 ? '1 session' : `${sessions} sessions`}`;
}

/** How long ago something was, given in milliseconds. */
function agoOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}

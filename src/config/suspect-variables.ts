import { nearest } from './nearest.ts';
import { isKnownConfigurationVariable } from './environment.ts';
import { topLevelKeys } from './schema.ts';

/** A variable that looks like configuration and is none. */
export interface SuspectVariable {
  readonly name: string;
  /** The variable that was probably meant. */
  readonly meant: string;
}

const PREFIX = 'CLAUDEX_';

/** Variables of the program and of its framework that are near to a key by accident. */
const OTHERS: ReadonlySet<string> = new Set(
  [
    'AUTOUPDATE_INSTALLED BINPATH CACHE_DIR COLUMNS CONFIG CONFIG_DIR CONTENT_TYPE DAEMON DATA_DIR DEBUG',
    'DISABLE_AUTOUPDATE HOME KEYRING LOG_DIR NPM_LOG_LEVEL NPM_REGISTRY NEW_VERSION_CHECK OCLIF_CLIENT_HOME REDIRECTED',
    'S3_HOST SKIP_ANALYTICS SKIP_NEW_VERSION_CHECK THEME USER_AGENT',
  ].flatMap((line) => line.split(' ')),
);

/** The variables that are a near miss of a key of the configuration: they change nothing, and their author thinks they do. */
export function suspectVariables(environment: NodeJS.ProcessEnv): SuspectVariable[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !OTHERS.has(name.slice(PREFIX.length)))
    .filter((name) => !isKnownConfigurationVariable(name))
    .toSorted()
    .flatMap((name) => {
      const meant = meantBy(name.slice(PREFIX.length).toLowerCase());
      return meant === undefined ? [] : [{ name, meant: `${PREFIX}${meant.toUpperCase()}` }];
    });
}

function meantBy(rest: string): string | undefined {
  const keys = Object.keys(topLevelKeys);
  // PROXY__PORT for PROXY_PORT.
  const joined = rest.replaceAll('__', '_');
  if (keys.includes(joined)) return joined;
  // ROUTER_ENABLED for ROUTER__ENABLED.
  const table = keys.find((key) => rest.startsWith(`${key}_`));
  if (table !== undefined) return `${table}__${rest.slice(table.length).replace(/^_+/, '')}`;
  const [first = '', ...below] = rest.split('__');
  const key = nearest(first, keys);
  return key === undefined ? undefined : [key, ...below].join('__');
}

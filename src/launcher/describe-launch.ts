import { MASK, masked, secretsOf } from '../config/index.ts';
import { daemonUrl, sessionUrl } from '../daemon/index.ts';
import { shellLine, shellQuoted } from './shell-quoted.ts';
import { buildEnvironment, type LaunchSettings } from './build-environment.ts';

/** What a launch would change and start. Secrets are masked. */
export interface LaunchDescription {
  /** Variables that are added or changed. */
  readonly environment: { readonly [name: string]: string };
  /** Variables that are taken away. */
  readonly removed: readonly string[];
  readonly command: readonly string[];
}

/** A launch before anything is started for it. */
export interface PlannedLaunch extends Omit<LaunchSettings, 'proxy'> {
  readonly executable: string;
  readonly claudeArguments: readonly string[];
  /** What stands for the profile in the proxy's addresses: its name, or `auto`. */
  readonly address: string;
  /** Whether claude talks to Anthropic itself, without the proxy. */
  readonly direct: boolean;
}

/** Compares claude's environment with the caller's. Starts nothing: the address is the one without a context. */
export function describeLaunch(planned: PlannedLaunch): LaunchDescription {
  const { environment: before, configuration, bound, address } = planned;
  const { proxy_host: host, proxy_port: port } = configuration;
  const baseUrl = planned.direct ? undefined : sessionUrl(daemonUrl({ host, port }), address);
  const proxy = baseUrl === undefined ? {} : { proxy: { baseUrl, token: MASK } };
  const after = buildEnvironment({ ...planned, ...proxy });
  const secrets = secretsOf(configuration, before, [bound.credential.value]);
  const changed = Object.entries(after).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && before[entry[0]] !== entry[1],
  );
  const description = {
    environment: Object.fromEntries(changed.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    removed: Object.keys(before)
      .filter((name) => after[name] === undefined)
      .toSorted(),
    command: [planned.executable, ...planned.claudeArguments],
  };
  return masked(description, secrets);
}

/** The description as lines of a POSIX shell. */
export function shellLines({ environment, removed, command }: LaunchDescription): string[] {
  return [
    ...removed.map((name) => `unset ${name}`),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${shellQuoted(value)}`),
    shellLine(command),
  ];
}

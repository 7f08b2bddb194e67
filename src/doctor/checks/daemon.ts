import {
  compareVersions,
  portTaken,
  probeDaemon,
  readDaemonStatus,
  replaceDaemon,
  sharedDaemonLaunch,
  type Daemon,
  type DaemonDoor,
} from '../../daemon/index.ts';
import { keyVariables } from '../../launcher/index.ts';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const ID = 'proxy';

/** Whether the proxy runs, or could, and is as new as this command. */
export async function checkDaemon(installation: Installation): Promise<Diagnosis[]> {
  const locked = await installation.tokenProblem();
  if (locked !== undefined) {
    const { message, remedy } = locked;
    return [
      problem(ID, 'Proxies and their records cannot be looked at without the token', {
        detail: message,
        ...(remedy === undefined ? {} : { remedy }),
      }),
    ];
  }
  const { proxy_host: host, proxy_port: port } = await installation.values();
  // Without a token no proxy of ours can be there, and whoever answers is somebody else.
  const door = { host, port, token: (await installation.token()) ?? '' };
  const probe = await probeDaemon(door);
  if (probe.kind === 'nobody') return [ok(ID, 'The proxy does not run', `"claudex run" starts it on port ${port}.`)];
  if (probe.kind === 'ours') return examineDaemon(probe.daemon, door, installation);
  const { message, remedy } = await portTaken(port, probe);
  return [problem('port', `Port ${port} is taken`, { detail: message, ...(remedy === undefined ? {} : { remedy }) })];
}

async function examineDaemon(daemon: Daemon, door: DaemonDoor, installation: Installation): Promise<Diagnosis[]> {
  const { uptime_s, configurationProblem, sessions: open } = await readDaemonStatus(daemon);
  const sessions = open.length;
  const title = `The proxy runs on port ${daemon.port}, version ${daemon.version}`;
  const detail = `up ${uptime_s ?? '?'} s, ${sessions === 1 ? '1 session' : `${sessions} sessions`}`;
  return [
    versionOf(daemon, door, installation, { title, detail, sessions }),
    ...(configurationProblem === null
      ? []
      : [
          problem(ID, 'The proxy does not follow the configuration', {
            detail: `It goes on with the last good one: ${configurationProblem}`,
            remedy: 'Correct the configuration; the proxy takes it up by itself.',
          }),
        ]),
  ];
}

function versionOf(
  daemon: Daemon,
  door: DaemonDoor,
  installation: Installation,
  { title, detail, sessions }: { readonly title: string; readonly detail: string; readonly sessions: number },
): Diagnosis {
  const { version } = installation.facts;
  const order = compareVersions(daemon.version, version);
  if (order === 'same') return ok(ID, title, detail);
  if (order === 'newer') return ok(ID, title, `${detail}; newer than this command (${version})`);
  return warning(ID, title, {
    detail: `${detail}; this command is ${version}.`,
    remedy: '"claudex proxy restart" starts a new one; running answers finish.',
    // Sessions would come back, but nobody asked for their interruption.
    ...(sessions === 0 ? { fix: () => restart(daemon, door, installation) } : {}),
  });
}

/** A session may have begun since the proxy was looked at; then it stays. */
async function restart(daemon: Daemon, door: DaemonDoor, installation: Installation): Promise<string | undefined> {
  if ((await readDaemonStatus(daemon)).sessions.length > 0) return undefined;
  const { facts, environment } = installation;
  const values = await installation.values();
  const { providers } = await facts.registry();
  await replaceDaemon(
    door,
    sharedDaemonLaunch({
      host: door.host,
      port: door.port,
      allowRemote: values.proxy_allow_remote,
      ...(values.proxy_token === undefined ? {} : { configuredToken: values.proxy_token }),
      programRoot: facts.programRoot,
      environment,
      keyVariables: keyVariables(values.profiles, providers.values()),
      stateFolder: facts.directories.state,
    }),
  );
  return `started a proxy of version ${facts.version} in place of ${daemon.version}`;
}

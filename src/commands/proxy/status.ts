import {
  listDaemons,
  portTaken,
  probeDaemon,
  readDaemonStatus,
  type DaemonDoor,
  type DaemonRecord,
} from '../../daemon/index.ts';
import { readOrCreateProxyToken } from '../../state/index.ts';
import { ClaudexCommand, portFlag } from '../../terminal/index.ts';

/** What `--json` prints. `daemons` are all proxies of this user, also those on other ports. */
interface ProxyStatusResult {
  readonly running: boolean;
  readonly port: number;
  readonly pid: number | null;
  readonly version: string | null;
  readonly uptime_s: number | null;
  readonly profiles: unknown;
  /** Why the proxy does not follow its configuration files at the moment; `null` while it does. */
  readonly configuration_problem: string | null;
  /** Which other program has the port; `null` when none has. */
  readonly port_problem: string | null;
  readonly daemons: readonly DaemonRecord[];
}

const NOBODY = {
  running: false,
  pid: null,
  version: null,
  uptime_s: null,
  profiles: {},
  configuration_problem: null,
  port_problem: null,
} as const;

export default class ProxyStatus extends ClaudexCommand {
  static override summary = 'Show whether the local proxy runs';
  static override description = 'Looks at one port and lists every other proxy of this user.';
  static override examples = [
    '<%= config.bin %> proxy status',
    { command: '<%= config.bin %> proxy status --json', description: 'With figures for scripts' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    port: portFlag(),
  };

  async run(): Promise<ProxyStatusResult> {
    const { flags } = await this.parse(ProxyStatus);
    const { values } = await this.loadUsable(flags);
    const token = values.proxy_token ?? (await readOrCreateProxyToken(this.directories.state));
    const result = await this.#look({ host: values.proxy_host, port: flags.port ?? values.proxy_port, token });
    for (const line of linesOf(result)) this.log(line);
    return result;
  }

  async #look(door: DaemonDoor): Promise<ProxyStatusResult> {
    const { port } = door;
    const { state } = this.directories;
    const daemons = (await listDaemons(state, door.token)).map(({ record }) => record);
    const probe = await probeDaemon(door);
    if (probe.kind === 'nobody') return { ...NOBODY, port, daemons };
    if (probe.kind === 'foreign')
      return { ...NOBODY, port, port_problem: (await portTaken(port, probe)).message, daemons };
    const { pid, version, uptime_s, profiles, configurationProblem } = await readDaemonStatus(probe.daemon);
    const configuration_problem = configurationProblem;
    return { ...NOBODY, running: true, port, pid, version, uptime_s, profiles, configuration_problem, daemons };
  }
}

function linesOf({
  running,
  port,
  pid,
  version,
  uptime_s,
  configuration_problem,
  port_problem,
  daemons,
}: ProxyStatusResult): string[] {
  const first = running
    ? `The proxy runs on port ${port} (pid ${pid ?? 'unknown'}, version ${version}, up ${uptime_s ?? '?'} s).`
    : `No proxy runs on port ${port}${port_problem === null ? '' : `: ${port_problem}`}.`;
  const others = daemons.filter((record) => record.port !== port);
  return [
    first,
    ...(configuration_problem === null
      ? []
      : [`It goes on with its last good configuration: ${configuration_problem}`]),
    ...others.map(
      (record) => `Another one runs on port ${record.port} (pid ${record.pid}, version ${record.version}).`,
    ),
  ];
}

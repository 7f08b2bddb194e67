import { portTaken, probeDaemon, stopDaemon } from '../../daemon/index.ts';
import { readOrCreateProxyToken } from '../../state/index.ts';
import { ClaudexCommand, portFlag } from '../../terminal/index.ts';

export default class ProxyStop extends ClaudexCommand {
  static override summary = 'Stop the local proxy';
  static override description =
    'Lets open requests finish and waits until the port is free. Does nothing when no proxy runs.';
  static override examples = [
    '<%= config.bin %> proxy stop',
    { command: '<%= config.bin %> proxy stop --port 8080', description: 'Stop the one on another port' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    port: portFlag(),
  };

  async run(): Promise<{ stopped: boolean; port: number }> {
    const { flags } = await this.parse(ProxyStop);
    const values = await this.loadOrDefaults(flags);
    const { state } = this.directories;
    const port = flags.port ?? values.proxy_port;
    const door = { host: values.proxy_host, port, token: values.proxy_token ?? (await readOrCreateProxyToken(state)) };
    const probe = await probeDaemon(door);
    if (probe.kind === 'foreign' && (probe.silent || probe.claimsToBeClaudex)) throw await portTaken(port, probe);
    if (probe.kind === 'ours') await stopDaemon(probe.daemon, door, state, values.timeouts.drain_s * 1000);
    this.log(resultLine(probe.kind, port));
    return { stopped: probe.kind === 'ours', port };
  }
}

function resultLine(found: 'ours' | 'foreign' | 'nobody', port: number): string {
  if (found === 'ours') return `The proxy on port ${port} has stopped.`;
  return found === 'nobody'
    ? `No proxy runs on port ${port}.`
    : `No proxy runs on port ${port}; another program has the port.`;
}

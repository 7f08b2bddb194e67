import { homedir } from 'node:os';
import { printable } from '../config/index.ts';
import { listDaemons, readDaemonStatus, type RunningSession } from '../daemon/index.ts';
import { isClaudexError } from '../errors/index.ts';
import { readOrCreateProxyToken } from '../state/index.ts';
import { ClaudexCommand, tableFor, type Column } from '../terminal/index.ts';
import { shortCount } from '../usage/index.ts';

/** A session with the proxy it runs on. */
interface ListedSession extends RunningSession {
  readonly port: number;
}

/** What `--json` prints. */
interface PsResult {
  readonly sessions: readonly ListedSession[];
}

/** A column, and how wide a terminal has to be for it. */
type WidthColumn = Column & { readonly from?: number };

const COLUMNS: readonly WidthColumn[] = [
  { title: 'PROFILE', cut: 'end' },
  { title: 'MODEL', cut: 'end' },
  { title: 'FOLDER', cut: 'start' },
  { title: 'AGE', align: 'right' },
  { title: 'IN', align: 'right' },
  { title: 'OUT', align: 'right' },
  { title: 'PID', align: 'right', from: 70 },
  { title: 'CLAUDE SESSION', from: 110 },
];
const UNKNOWN = '–';

export default class Ps extends ClaudexCommand {
  static override summary = 'List running sessions';
  static override description =
    'Asks every proxy of this user for the sessions of "claudex run" that are connected to it. Tokens are those of the session since it connected; IN includes what a cache served. Sessions that claude serves with its own login run without a proxy and are not listed.';
  static override examples = [
    '<%= config.bin %> ps',
    { command: '<%= config.bin %> ps --json', description: 'With the figures in full' },
  ];
  static override enableJsonFlag = true;

  async run(): Promise<PsResult> {
    const { flags } = await this.parse(Ps);
    const { values } = await this.loadUsable(flags);
    const { state } = this.directories;
    const running = await listDaemons(state, values.proxy_token ?? (await readOrCreateProxyToken(state)));
    const found = await Promise.all(
      running.map(async ({ daemon }) => {
        try {
          const { sessions, port } = await readDaemonStatus(daemon);
          return sessions.map((session) => ({ ...session, port }));
        } catch (error) {
          // It ended in this very moment, and its sessions with it.
          if (isClaudexError(error) && error.code === 'proxy-gone') return [];
          throw error;
        }
      }),
    );
    const sessions = found.flat();
    if (sessions.length === 0) {
      this.log(running.length === 0 ? 'No proxy runs, so there are no sessions.' : 'No session is running.');
    } else {
      this.#print(sessions);
    }
    return { sessions };
  }

  #print(sessions: readonly RunningSession[]): void {
    const width = (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;
    const columns = COLUMNS.filter(({ from = 0 }) => width >= from);
    for (const line of tableFor(process.stdout, columns, sessions.map(cellsOf))) this.log(line);
  }
}

function cellsOf(session: RunningSession): string[] {
  const { profile, model, folder, age_s, pid, client_session } = session;
  const input = session.input_tokens + session.cache_read_input_tokens + session.cache_creation_input_tokens;
  return [
    printable(profile),
    printable(model ?? UNKNOWN),
    printable(folder === null ? UNKNOWN : shortPath(folder, homedir())),
    age_s === null ? UNKNOWN : shortAge(age_s),
    shortCount(input),
    shortCount(session.output_tokens),
    pid === null ? UNKNOWN : String(pid),
    printable(client_session ?? UNKNOWN),
  ];
}

/** A path with `~` in place of the home folder. */
function shortPath(path: string, home: string): string {
  const below = path === home || path.startsWith(`${home}/`) || path.startsWith(`${home}\\`);
  return below ? `~${path.slice(home.length)}` : path;
}

/** A time as people say it, as in `2d 4h`, `3h 07m`, `5m` or `12s`. */
function shortAge(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${String(minutes % 60).padStart(2, '0')}m`;
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

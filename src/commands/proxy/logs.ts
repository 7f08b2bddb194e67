import * as Flags from '@oclif/core/flags';
import { once } from 'node:events';
import { hasLog, proxyLogFile, readLog } from '../../daemon/index.ts';
import { scrubPatterns } from '../../errors/index.ts';
import { ClaudexCommand, parseLogLine, portFlag, readableLogLine, type LogRecord } from '../../terminal/index.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'];

/** Which lines are wanted; `undefined` stands for all. */
interface Wanted {
  readonly port: number | undefined;
  readonly level: string | undefined;
  readonly request: string | undefined;
}

export default class ProxyLogs extends ClaudexCommand {
  static override summary = 'Show the log of the proxy';
  static override description =
    'Prints the last lines of the log that all proxies of this user write to. What is logged is set by log_level.';
  static override examples = [
    '<%= config.bin %> proxy logs --follow',
    '<%= config.bin %> proxy logs --level warn',
    '<%= config.bin %> proxy logs --request req_011 --json',
  ];
  static override enableJsonFlag = true;
  static override flags = {
    follow: Flags.boolean({ char: 'f', description: 'go on with what is logged from now on, until Ctrl-C' }),
    lines: Flags.integer({
      char: 'n',
      min: 0,
      max: 1_000_000,
      default: 200,
      description: 'how many lines from before now',
    }),
    port: portFlag('only what the proxy on this port has logged'),
    level: Flags.string({ options: LEVELS, description: 'only lines of this level and above' }),
    request: Flags.string({
      helpValue: 'ID',
      description: 'only lines about this request; the beginning of its id is enough',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ProxyLogs);
    await this.requireNamedFile(flags);
    const file = proxyLogFile(this.directories.state);
    if (!(await hasLog(file))) {
      this.note(`Nothing has been logged yet: there is no ${file}.`);
      if (!flags.follow) return;
    }
    const ended = flags.follow ? interrupted() : undefined;
    const show = this.jsonEnabled() ? asJson : readableLogLine;
    const query = {
      count: flags.lines,
      accepts: filterOf(flags),
      ...(ended && { follow: ended }),
    };
    for await (const lines of readLog(file, query)) await print(lines.map((line) => `${show(line)}\n`).join(''), ended);
  }
}

/** Aborted by Ctrl-C, which no longer ends the process by itself. */
function interrupted(): AbortSignal {
  const ended = new AbortController();
  process.once('SIGINT', () => ended.abort());
  return ended.signal;
}

function filterOf({ port, level, request }: Wanted): (line: string) => boolean {
  if (port === undefined && level === undefined && request === undefined) return () => true;
  return (line) => {
    const record = parseLogLine(line);
    // What a process prints beside its log is not about a port or a request, and hardly ever good news.
    if (!record) return port === undefined && request === undefined;
    if (port !== undefined && record['port'] !== port) return false;
    if (request !== undefined && !isAbout(record, request)) return false;
    return level === undefined || LEVELS.indexOf(String(record['level'])) >= LEVELS.indexOf(level);
  };
}

function isAbout({ request_id: id }: LogRecord, request: string): boolean {
  return typeof id === 'string' && id.startsWith(request);
}

/** A line as it stands in the file. What is no JSON there becomes some. */
function asJson(line: string): string {
  return parseLogLine(line) ? line : JSON.stringify({ event: 'output', message: scrubPatterns(line) });
}

/** Waits for a slow reader. */
async function print(text: string, ended: AbortSignal | undefined): Promise<void> {
  if (ended?.aborted || process.stdout.write(text)) return;
  await once(process.stdout, 'drain', { ...(ended && { signal: ended }) }).catch(() => undefined);
}

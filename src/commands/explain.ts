import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { masked, secretsOf, type Configuration } from '../config/index.ts';
import { listDaemons, type Daemon } from '../daemon/index.ts';
import { createScrubber, failure, isClaudexError, messageOf } from '../errors/index.ts';
import {
  History,
  makeBundle,
  openExistingStateStore,
  readOrCreateProxyToken,
  writeExportedFile,
  type ExchangeReport,
  type FoundExchange,
  type KeptBodies,
} from '../state/index.ts';
import { ClaudexCommand, confirm, exchangePage } from '../terminal/index.ts';

/** More than any report takes. */
const LARGEST_REPORT_BYTES = 16 * 1024 * 1024;

export default class Explain extends ClaudexCommand {
  static override summary = 'Show what became of a request';
  static override description =
    'Shows which profile and model were chosen and why, every attempt with its reason, what was lost in translation, usage and timing. The id of a request is in the header request-id of its answer and in the log of the proxy.';
  static override examples = [
    '<%= config.bin %> explain latest',
    { command: '<%= config.bin %> explain latest --bundle report.json', description: 'Write a report for others' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    request: Args.string({
      required: true,
      description: 'id of the request, at least 8 characters of its beginning, or "latest"',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    bundle: Flags.string({
      helpValue: 'FILE',
      description:
        'write everything about it to a file that can be given away: without secrets, and without message text unless history.bodies was on',
    }),
    yes: Flags.boolean({ char: 'y', description: 'replace the file without asking' }),
  };

  async run(): Promise<ExchangeReport> {
    const { args, flags } = await this.parse(Explain);
    const { values } = await this.loadUsable(flags);
    const token = values.proxy_token ?? (await readOrCreateProxyToken(this.directories.state));
    const secrets = secretsOf(values, process.env, [token]);
    const kept = await this.#openHistory(values);
    try {
      const report = await this.#find(args.request, kept?.history, token, values);
      if (flags.bundle !== undefined) {
        const bodies = await kept?.history.bodiesOf(report.request_id);
        await this.#writeBundle(resolve(this.workingFolder, flags.bundle), flags.yes, {
          report,
          bodies,
          profiles: profilesOf(report, values).map((profile) => masked(profile, secrets)),
          secrets,
        });
      }
      for (const line of exchangePage(report)) this.log(line);
      return report;
    } finally {
      await kept?.close();
    }
  }

  /** The history in the state folder; a broken one is no reason not to ask the proxy. */
  async #openHistory({ history }: Configuration): Promise<{ history: History; close(): Promise<void> } | undefined> {
    try {
      const store = await openExistingStateStore(this.directories.state, { warn: (message) => this.note(message) });
      if (!store) return undefined;
      const kept = new History({ store, days: () => history.days, scrub: (text) => text });
      return { history: kept, close: () => store.close() };
    } catch (error) {
      this.note(messageOf(error));
      return undefined;
    }
  }

  async #find(
    wanted: string,
    history: History | undefined,
    token: string,
    values: Configuration,
  ): Promise<ExchangeReport> {
    // Proxies write what they hold back when they are asked, so that the newest is in the store afterwards.
    const early = wanted === 'latest' ? await this.#askDaemons(wanted, token) : [];
    const stored = (await history?.find(wanted)) ?? { kind: 'none' };
    const told = stored.kind === 'none' && early.length === 0 ? await this.#askDaemons(wanted, token) : early;
    const found = [stored, ...told].toSorted((one, other) => endOf(other) - endOf(one))[0] ?? stored;
    if (found.kind === 'one') return found.report;
    if (found.kind === 'several') throw ambiguous(wanted, found.ids);
    throw notFound(wanted, values.history.days);
  }

  async #askDaemons(wanted: string, token: string): Promise<FoundExchange[]> {
    const running = await listDaemons(this.directories.state, token);
    return Promise.all(running.map(({ daemon }) => ask(daemon, wanted)));
  }

  async #writeBundle(
    file: string,
    overwrite: boolean,
    facts: {
      readonly report: ExchangeReport;
      readonly bodies: KeptBodies | undefined;
      readonly profiles: readonly unknown[];
      readonly secrets: readonly string[];
    },
  ): Promise<void> {
    const { secrets, ...rest } = facts;
    const scrubber = createScrubber();
    for (const secret of secrets) scrubber.know(secret);
    const bundle = makeBundle({ ...rest, version: this.config.version, scrub: (text) => scrubber.scrub(text) });
    const text = `${JSON.stringify(bundle, undefined, 2)}\n`;
    if (!(await writeExportedFile(file, text, overwrite))) {
      const remedy = 'Name another file, or add --yes.';
      if (!(await confirm({ question: `Replace ${file}?`, remedy })))
        throw failure('bundle-declined', `${file} was left as it is`, remedy);
      await writeExportedFile(file, text, true);
    }
    this.note(`Wrote ${file}${rest.bodies ? ', with the text of the request and of its answer' : ''}.`);
  }
}

async function ask(daemon: Daemon, wanted: string): Promise<FoundExchange> {
  try {
    const response = await daemon.call({ method: 'GET', path: `/-/exchanges/${encodeURIComponent(wanted)}` });
    return JSON.parse(await response.text(LARGEST_REPORT_BYTES)) as FoundExchange;
  } catch (error) {
    // It does not know the request, is too old for the question, or has just ended.
    if (isClaudexError(error)) return { kind: 'none' };
    throw error;
  }
}

function profilesOf(report: ExchangeReport, { profiles }: Configuration): Configuration['profiles'] {
  const names = new Set([report.profile, report.served_by, ...report.attempts.map(({ profile }) => profile)]);
  return profiles.filter(({ name }) => names.has(name));
}

/** In milliseconds since the epoch; what is not one exchange ended before all others. */
function endOf(found: FoundExchange): number {
  return found.kind === 'one'
    ? Date.parse(found.report.started_at) + found.report.duration_ms
    : found.kind === 'several'
      ? -1
      : -2;
}

function ambiguous(wanted: string, ids: readonly string[]): Error {
  return failure(
    'request-ambiguous',
    `several requests begin with "${wanted}": ${ids.join(', ')}`,
    'Give more characters of the one you mean.',
  );
}

function notFound(wanted: string, days: number): Error {
  return failure(
    'request-not-found',
    wanted === 'latest' ? 'the history has no request yet' : `the history has no request "${wanted}"`,
    days === 0
      ? 'The configuration says history.days = 0, so that nothing is kept.'
      : `The id is in the header request-id of an answer and in the log; what is older than ${days} days is not kept. "claudex explain latest" shows the newest.`,
  );
}

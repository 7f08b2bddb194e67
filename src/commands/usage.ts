import * as Flags from '@oclif/core/flags';
import { printable } from '../config/index.ts';
import { flushExchanges, listDaemons, readDaemonStatus, type RunningSession } from '../daemon/index.ts';
import { isClaudexError } from '../errors/index.ts';
import { collectRegistry } from '../registry/index.ts';
import { bindProfile } from '../router/index.ts';
import { exchangesBetween, openExistingStateStore, readProxyToken, type Period } from '../state/index.ts';
import { ClaudexCommand, tableFor, widthOf, wrapTo, type Column } from '../terminal/index.ts';
import {
  FIGURE_TITLES,
  GROUPINGS,
  knownPrices,
  periodOf,
  summarize,
  usageCells,
  usageCsv,
  usageNotes,
  withClientSessions,
  type CostOf,
  type Grouping,
  type UsageSummary,
} from '../usage/index.ts';

/** What `--json` prints. */
interface UsageResult extends UsageSummary {
  readonly by: Grouping;
  /** ISO 8601; `null` for everything that is kept. */
  readonly since: string | null;
  /** The moment before which exchanges began, ISO 8601. */
  readonly before: string;
}

const FIGURES: readonly Column[] = FIGURE_TITLES.map((title) => ({ title, align: 'right' }));

export default class Usage extends ClaudexCommand {
  static override summary = 'Show tokens and cost';
  static override description =
    'Adds up what the history has kept: requests, failures, tokens as providers counted them (IN and OUT; READ from and WRITE to a cache) and what they cost by the prices that are known. Days are those of your time zone. A session has the name that explain and the log have for it; one that runs is shown with the id of Claude Code, as in ps. How long requests are kept is set by history.days.';
  static override examples = [
    '<%= config.bin %> usage',
    '<%= config.bin %> usage --days 7 --by model',
    { command: '<%= config.bin %> usage --since 2026-11-01 --by profile --csv', description: 'For a spreadsheet' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    by: Flags.option({ options: GROUPINGS, default: 'day' as Grouping, description: 'what makes a row' })(),
    days: Flags.integer({ min: 1, max: 36_500, description: 'only the last days, today included' }),
    since: Flags.string({ helpValue: 'DATE', description: 'from this day on, as in 2026-11-24', exclusive: ['days'] }),
    until: Flags.string({ helpValue: 'DATE', description: 'up to the end of this day', exclusive: ['days'] }),
    csv: Flags.boolean({ description: 'comma-separated values, without sums', exclusive: ['json'] }),
  };

  async run(): Promise<UsageResult> {
    const { flags } = await this.parse(Usage);
    const { values } = await this.loadUsable(flags);
    const period = periodOf(flags, Date.now());
    const sessions = await this.#askProxies(values.proxy_token);
    const registry = await collectRegistry(this.config);
    this.note(...registry.warnings);
    const costOf = knownPrices({
      bind: (profile) => bindProfile(profile, values, registry, {}),
      providers: registry.providers,
      cacheFolder: this.directories.cache,
    });
    const summed = await this.#summary(period, flags.by, costOf);
    const summary = flags.by === 'session' ? withClientSessions(summed, sessions) : summed;
    this.#print(summary, flags);
    const { from, before } = period;
    return {
      by: flags.by,
      since: from === 0 ? null : new Date(from).toISOString(),
      before: new Date(before).toISOString(),
      ...summary,
    };
  }

  async #summary(period: Period, by: Grouping, costOf: CostOf): Promise<UsageSummary> {
    const store = await openExistingStateStore(this.directories.state, { warn: (message) => this.note(message) });
    try {
      return await summarize(store ? exchangesBetween(store, period) : nothing(), by, costOf);
    } finally {
      await store?.close();
    }
  }

  /** Lets every proxy write what it holds back, and returns the sessions that run on them. */
  async #askProxies(configured: string | undefined): Promise<RunningSession[]> {
    const { state } = this.directories;
    const token = configured ?? (await readProxyToken(state));
    if (token === undefined) return [];
    const running = await listDaemons(state, token);
    const sessions = running.map(async ({ daemon }) => {
      await flushExchanges(daemon);
      try {
        return (await readDaemonStatus(daemon)).sessions;
      } catch (error) {
        // It has just ended.
        if (isClaudexError(error)) return [];
        throw error;
      }
    });
    return (await Promise.all(sessions)).flat();
  }

  #print(summary: UsageSummary, { by, csv }: { readonly by: Grouping; readonly csv: boolean }): void {
    const { rows, total } = summary;
    if (csv) {
      for (const line of usageCsv(by, rows)) this.log(printable(line));
      return;
    }
    if (rows.length === 0) {
      this.log('The history has no request of that time.');
      return;
    }
    const columns: Column[] = [{ title: by.toUpperCase(), cut: 'end' }, ...FIGURES];
    const cells = rows.map(({ key, client_session, ...figures }) =>
      usageCells(printable(client_session ?? key), figures),
    );
    for (const line of tableFor(process.stdout, columns, [...cells, usageCells('total', total)])) this.log(line);
    for (const note of usageNotes(summary)) for (const line of wrapTo(note, widthOf(process.stdout))) this.log(line);
  }
}

async function* nothing(): AsyncGenerator<never> {
  // No exchange was ever kept.
}

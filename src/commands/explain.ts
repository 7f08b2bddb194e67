import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { resolve } from 'node:path';
import { masked, secretsOf, type Configuration } from '../config/index.ts';
import { findExchange } from '../daemon/index.ts';
import { failure } from '../errors/index.ts';
import {
  bundleText,
  openKeptHistory,
  readOrCreateProxyToken,
  writeExportedFile,
  type ExchangeReport,
} from '../state/index.ts';
import { ClaudexCommand, confirm, exchangePage, widthOf } from '../terminal/index.ts';

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
    const { state: stateFolder } = this.directories;
    const token = values.proxy_token ?? (await readOrCreateProxyToken(stateFolder));
    const { days } = values.history;
    // A broken history is no reason not to ask the proxy.
    const kept = await openKeptHistory(stateFolder, days, (message) => this.note(message));
    try {
      const report = await findExchange(args.request, { history: kept?.history, days, stateFolder, token });
      if (flags.bundle !== undefined) {
        const secrets = secretsOf(values, process.env, [token]);
        const bodies = await kept?.history.bodiesOf(report.request_id);
        const profiles = masked(profilesOf(report, values), secrets);
        const text = bundleText({ report, bodies, profiles, version: this.config.version }, secrets);
        const file = resolve(this.workingFolder, flags.bundle);
        await this.#writeBundle(file, text, flags.yes);
        this.note(`Wrote ${file}${bodies ? ', with the text of the request and of its answer' : ''}.`);
      }
      for (const line of exchangePage(report, widthOf(process.stdout))) this.log(line);
      return report;
    } finally {
      await kept?.close();
    }
  }

  async #writeBundle(file: string, text: string, overwrite: boolean): Promise<void> {
    if (!(await writeExportedFile(file, text, overwrite))) {
      const remedy = 'Name another file, or add --yes.';
      if (!(await confirm({ question: `Replace ${file}?`, remedy })))
        throw failure('bundle-declined', `${file} was left as it is`, remedy);
      await writeExportedFile(file, text, true);
    }
  }
}

function profilesOf(report: ExchangeReport, { profiles }: Configuration): Configuration['profiles'] {
  const names = new Set([report.profile, report.served_by, ...report.attempts.map(({ profile }) => profile)]);
  return profiles.filter(({ name }) => names.has(name));
}

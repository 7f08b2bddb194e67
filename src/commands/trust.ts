import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findProjectFile, recordTrust, reviewProjectFile, type ProjectFileReview } from '../config/index.ts';
import { failure } from '../errors/index.ts';
import { ClaudexCommand, confirm } from '../terminal/index.ts';

/** What `claudex trust --json` prints. */
export interface TrustResult {
  file: string;
  trusted: boolean;
}

export default class Trust extends ClaudexCommand {
  static override summary = 'Accept the configuration file of a project';
  static override description =
    'Without trust a project file may only choose among what you set up yourself. Where your keys go and what is started it decides only after you accepted the file as it is; any change to it withdraws that.';
  static override examples = [
    '<%= config.bin %> trust',
    { command: '<%= config.bin %> trust ./claudex.toml --yes', description: 'Accept a file without being asked' },
  ];
  static override enableJsonFlag = true;
  static override args = {
    file: Args.string({
      description: 'the file; default: the project file of this folder or of one above it',
      // Else what comes through a pipe would be taken for the file.
      ignoreStdin: true,
    }),
  };
  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'accept without asking' }),
  };

  async run(): Promise<TrustResult> {
    const { args, flags } = await this.parse(Trust);
    const file = await this.#find(args.file);
    const review = await reviewProjectFile(this.directories.state, file);
    if (review.isTrusted) {
      this.log(`${file} is already trusted.`);
      return { file, trusted: true };
    }
    this.note(...describe(review));
    if (!flags.yes) await this.#ask(file);
    await recordTrust(this.directories.state, file, review.text);
    this.log(`${file} is trusted now.`);
    return { file, trusted: true };
  }

  async #find(named: string | undefined): Promise<string> {
    const file = named === undefined ? await findProjectFile(this.workingFolder) : resolve(this.workingFolder, named);
    if (file !== undefined && existsSync(file)) return file;
    throw failure(
      'project-file-not-found',
      file === undefined
        ? 'there is no project configuration in this folder or in one of the ten above it'
        : `${file} does not exist`,
      'Go to the project, or name the file: "claudex trust FILE".',
    );
  }

  async #ask(file: string): Promise<void> {
    const accepted = await confirm({
      question: `Trust ${file} as it is now?`,
      remedy: 'Look at the file, then run "claudex trust --yes".',
    });
    if (!accepted)
      throw failure('trust-declined', `${file} is not trusted, only what every project file may set counts`);
  }
}

function describe({ file, takesEffect }: ProjectFileReview): string[] {
  if (takesEffect.length === 0) return [`${file} sets nothing that needs trust.`];
  return [`${file} sets, beyond what every project file may set:`, ...takesEffect.map((line) => `  ${line}`)];
}

import * as Flags from '@oclif/core/flags';
import { editByHand, editorOf, fileToEdit, plainEditor } from '../../config/index.ts';
import { cannotAsk } from '../../errors/index.ts';
import { ClaudexCommand, confirm } from '../../terminal/index.ts';

/** What `claudex config edit --json` prints. */
interface EditedFile {
  readonly file: string;
  readonly changed: boolean;
}

export default class ConfigEdit extends ClaudexCommand {
  static override summary = 'Open the configuration in your editor';
  static override description =
    'Opens the project file if there is one, else the global file, in the editor that VISUAL or EDITOR names, and checks the configuration afterwards. It also opens a file that is broken. A project file that you had accepted stays accepted as you leave it.';
  static override examples = [
    '<%= config.bin %> config edit',
    { command: 'EDITOR="code --wait" <%= config.bin %> config edit --global', description: 'Use another editor' },
  ];
  static override enableJsonFlag = true;
  static override flags = {
    global: Flags.boolean({ description: 'open the global file', exclusive: ['local'] }),
    local: Flags.boolean({ description: 'open the project file' }),
  };

  async run(): Promise<EditedFile> {
    const { flags } = await this.parse(ConfigEdit);
    const sources = this.sources(flags.config);
    const choice = flags.global ? 'global' : flags.local ? 'local' : undefined;
    const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
    const words = editorOf(process.env) ?? (isTerminal ? plainEditor() : undefined);
    if (words === undefined) throw noEditor();
    const owner = await fileToEdit(sources, this.config.root, choice);
    let changed = false;
    for (;;) {
      const edited = await editByHand(owner, sources, { words, keepsOutput: this.jsonEnabled() });
      changed ||= edited.changed;
      if (edited.problems.count === 0) break;
      const error = edited.problems.toError();
      if (!isTerminal) throw error;
      this.note(error.message);
      const again = await confirm({ question: 'Open it again?', remedy: 'Correct the file.' });
      if (!again) throw error;
    }
    this.log(changed ? `${owner.file} is changed and valid.` : `${owner.file} is as it was.`);
    return { file: owner.file, changed };
  }
}

function noEditor(): Error {
  return cannotAsk(
    'no-editor',
    'there is no terminal for an editor, and neither VISUAL nor EDITOR names one',
    'Set EDITOR, or change single values with "claudex config set".',
  );
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@oclif/core/config';
import { Help } from '@oclif/core/help';
import { ROOT } from './support/checkout.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';
import { tellOnStderr } from './support/progress.mjs';

const FILE = join(ROOT, 'docs', 'commands.md');
const WIDTH = 100;

/**
 * The page of all commands: for each the text of its `--help`, so that the two cannot differ. A test compares it with
 * the committed one.
 * @returns {Promise<string>}
 */
export async function commandsPage() {
  const config = await Config.load({ root: ROOT, devPlugins: false, userPlugins: false });
  const help = new Help(config, { maxWidth: WIDTH, stripAnsi: true, hideCommandSummaryInDescription: true });
  const visible = config.commands.filter(({ hidden }) => !hidden);
  const own = visible.filter(({ pluginName }) => pluginName === config.name);
  const foreign = visible.filter(({ pluginName, aliases, id }) => pluginName !== config.name && !aliases.includes(id));
  return [
    HEAD,
    table(own, '', (command) => `[\`${spelled(command)}\`](#${anchorOf(command)})`),
    '## From plugins of oclif\n',
    table(
      foreign,
      'These come with the framework; `--help` behind one explains it.\n\n',
      (command) => `\`${spelled(command)}\``,
    ),
    ...sorted(own).map((command) => sectionOf(command, help)),
  ].join('\n');
}

const HEAD = `# Commands

Made from the commands themselves by \`npm run commands-page\`; \`--help\` behind a command prints the same. Results go to stdout, everything else to stderr; exit codes are 0 (done), 1 (it failed), 2 (wrong usage or configuration) and 3 (it would have to ask and cannot).
`;

function table(commands, before, nameOf) {
  const rows = sorted(commands).map(
    (command) => `| ${nameOf(command)} | ${cell(command.summary ?? command.description ?? '')} |`,
  );
  return `${before}| command | what it does |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function sectionOf(command, help) {
  return `## ${spelled(command)}\n\n\`\`\`text\n${help
    .formatCommand(command)
    .trim()
    .replaceAll(/[ \t]+$/gm, '')}\n\`\`\`\n`;
}

function sorted(commands) {
  return commands.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function spelled({ id }) {
  return `claudex ${id.replaceAll(':', ' ')}`;
}

function anchorOf(command) {
  return spelled(command).replaceAll(' ', '-');
}

function cell(text) {
  return text.split('\n', 1)[0].replaceAll('|', '\\|').replaceAll('<%= config.bin %>', 'claudex');
}

await runAsProgram(import.meta.url, async () => {
  const page = await commandsPage();
  const isCurrent = readIfThere() === page;
  if (process.argv.includes('--check')) {
    if (!isCurrent) throw new ScriptError('docs/commands.md is stale: run "npm run commands-page" and commit it.');
    return;
  }
  writeFileSync(FILE, page);
  tellOnStderr(isCurrent ? 'docs/commands.md is up to date' : 'docs/commands.md was renewed');
});

function readIfThere() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return undefined;
  }
}

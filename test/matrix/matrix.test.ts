import { expect } from 'chai';
import { chat } from './dialects/chat.ts';
import { gemini } from './dialects/gemini.ts';
import { messages } from './dialects/messages.ts';
import { responses } from './dialects/responses.ts';
import { SCENARIOS } from './scenarios/index.ts';
import {
  commitTable,
  committedTable,
  committedVersionModule,
  commitVersionModule,
  tableOf,
  versionModule,
} from './support/compatibility-page.ts';
import { openTheatre } from './support/theatre.ts';
import { runProcess } from '../support/run-process.ts';
import { claudeBinary } from '../e2e/support/claude-binary.ts';

const DIALECTS = [chat, responses, gemini, messages];
const outcomes = new Map(SCENARIOS.map(({ title }) => [title, new Map<string, boolean>()]));

describe('the real client on every protocol', () => {
  for (const scenario of SCENARIOS) {
    for (const dialect of DIALECTS) {
      it(`${scenario.title}: ${dialect.title}`, async () => {
        outcomes.get(scenario.title)?.set(dialect.title, false);
        const theatre = await openTheatre(dialect, scenario.script);
        try {
          await scenario.play(theatre);
        } finally {
          await theatre.close();
        }
        outcomes.get(scenario.title)?.set(dialect.title, true);
      });
    }
  }

  it('is the table in docs/compatibility.md', async function () {
    const rows = [...outcomes].map(([scenario, row]) => ({ scenario, outcomes: row }));
    // A run of some of them says nothing about the others.
    if (rows.some((row) => row.outcomes.size < DIALECTS.length)) this.skip();
    const version = await clientVersion();
    const table = tableOf(
      version,
      DIALECTS.map(({ title }) => title),
      rows,
    );
    process.stdout.write(`\n${table}\n\n`);
    if (process.env['CLAUDEX_MATRIX_WRITE'] === '1') {
      commitTable(table);
      commitVersionModule(version);
    }
    expect(committedTable()).to.equal(table);
    expect(committedVersionModule()).to.equal(versionModule(version));
  });
});

async function clientVersion(): Promise<string> {
  const { stdout } = await runProcess(claudeBinary(), ['--version'], {
    cwd: '/',
    environment: { HOME: '/nonexistent' },
  });
  return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim();
}

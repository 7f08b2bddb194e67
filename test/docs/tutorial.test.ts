import { expect } from 'chai';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installFakeClaude, type FakeClaude } from '../commands/support/fake-claude.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { ROOT } from '../support/source-files.ts';
import { codeBlocks, readDocument, section, type CodeBlock } from './support/named-blocks.ts';

const tutorial = readDocument('docs/plugins/tutorial.md');
const ADDRESS = 'http://127.0.0.1:8080';
const TEMPLATE = 'templates/provider-plugin';

describe('the tutorial for a provider', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;
  let upstream: RecordingServer<ChatRequest>;
  let plugin: string;

  before(async () => {
    upstream = await startChatUpstream(() => ({ text: 'Hello from Acme.' }));
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()), ACME_API_KEY: 'key-of-acme' });
    claude = await installFakeClaude(home);
    plugin = join(home.root, 'plugin');
    await mkdir(plugin);
  });
  after(async () => {
    await home.close();
    await upstream.close();
  });

  async function write(blocks: readonly CodeBlock[]): Promise<void> {
    for (const { name, text } of blocks) {
      if (name === 'config.toml') await home.writeConfig(`claude_binary = '${claude.path}'\n\n${text}`);
      else if (name !== '') await writeFile(join(plugin, name), text.replace(ADDRESS, upstream.url));
    }
  }

  /** Runs the commands of a block as they stand there. Throws with what a failing one said. */
  async function follow(block: CodeBlock | undefined, report: string): Promise<ProcessResult[]> {
    const results: ProcessResult[] = [];
    for (const words of commandsOf(block)) {
      const environment = { FAKE_ASK: '1', ...claude.reporting(report) };
      const result = await runCli(home, words, { cwd: plugin, environment });
      if (result.code !== 0) throw new Error(`claudex ${words.join(' ')}: ${JSON.stringify(result)}`);
      results.push(result);
    }
    return results;
  }

  it('needs fewer than 30 lines for a provider that works', () => {
    const lines = blocksBelow('1. Two files').flatMap(({ text }) => text.trimEnd().split('\n'));
    expect(lines.length).to.be.within(10, 29);
  });

  it('adds that provider by linking its folder, and the next run is served by it, also by a proxy that ran before', async () => {
    expect((await runCli(home, ['proxy', 'start', '--daemon'])).code).to.equal(0);
    await write([...blocksBelow('1. Two files'), ...blocksBelow('3. Use it')]);
    const [, listed] = await follow(shellOf('2. Link it'), 'linked');
    expect(listed?.stdout).to.include('claudex-plugin-acme 1.0.0 (link)');
    const [shown] = await follow(shellOf('3. Use it'), 'acme');
    expect(shown?.stdout)
      .to.match(/^provider +acme\b/m)
      .and.to.match(/^credential\.variable +ACME_API_KEY$/m);
    const { answer, env } = await claude.report('acme');
    expect(answer?.status).to.equal(200);
    expect(answer?.body.content?.[0]?.text).to.equal('Hello from Acme.');
    expect(env['CLAUDE_CODE_MAX_CONTEXT_TOKENS']).to.equal('128000');
    expect(upstream.requests.map(({ url, headers, body }) => [url, headers.authorization, body.model])).to.deep.equal([
      ['/v1/chat/completions', 'Bearer key-of-acme', 'acme-large'],
    ]);
  });

  it('then lets a provider bring its own upstream', async () => {
    await write(blocksBelow('5. A provider that brings its own upstream'));
    await follow(shellOf('5. A provider that brings its own upstream'), 'parrot');
    const { answer } = await claude.report('parrot');
    expect(answer?.status).to.equal(200);
    expect(answer?.body.content?.[0]?.text).to.equal('The last of 1 messages was the best one.');
  });

  it('quotes the warning about a broken plugin as it is printed', async () => {
    const broken = blocksBelow('1. Two files').map((block) => ({
      ...block,
      text: block.text.replace(/default: 'acme-large', /, ''),
    }));
    await write(broken);
    const { stderr } = await runCli(home, ['profile', 'list'], { cwd: plugin });
    const [quoted] = codeBlocks(section(tutorial, '4. When something is wrong'));
    expect(stderr).to.include(quoted?.text.trim());
  });

  it('ends with the files of the template', async () => {
    const files = await readdir(join(ROOT, TEMPLATE));
    const final = new Map(codeBlocks(tutorial).map(({ name, text }) => [name, text]));
    expect(files).to.have.members([...final.keys()].filter((name) => /\.(?:js|json)$/.test(name)));
    for (const file of files) {
      expect(await readFile(join(ROOT, TEMPLATE, file), 'utf8'), file).to.equal(final.get(file));
    }
  });
});

function blocksBelow(heading: string): CodeBlock[] {
  return codeBlocks(section(tutorial, heading)).filter(({ name }) => name !== '');
}

function shellOf(heading: string): CodeBlock | undefined {
  return codeBlocks(section(tutorial, heading)).find(({ language }) => language === 'sh');
}

/** The words of each line that calls the program; double quotes hold words together. */
function commandsOf(block: CodeBlock | undefined): string[][] {
  const lines = (block?.text ?? '').split('\n').filter((line) => line.startsWith('claudex '));
  if (lines.length === 0) throw new Error('the section has no commands');
  return lines.map((line) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1),
  );
}

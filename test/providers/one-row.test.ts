import { expect } from 'chai';
import { build } from 'esbuild';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Provider } from '@claudex/sdk';
import { installFakeClaude, type FakeClaude } from '../commands/support/fake-claude.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { ROOT } from '../support/source-files.ts';
// @ts-expect-error A script has no declarations.
import { providerPage } from '../../scripts/support/provider-page.mjs';

const PLUGIN = '@claudex/plugin-provider-compatible';

describe('adding a plain compatible vendor', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;
  let upstream: RecordingServer<ChatRequest>;
  let plugin: string;

  before(async () => {
    upstream = await startChatUpstream(() => ({ text: 'Hello from Acme.' }));
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()), CLAUDEX_KEYRING: 'file' });
    claude = await installFakeClaude(home);
    await home.writeConfig(`claude_binary = '${claude.path}'\n`);
    plugin = await pluginWith(home.root, rowOf(`${upstream.url}/v1`));
  });
  after(async () => {
    await home.close();
    await upstream.close();
  });

  it('is one file and its line in the list; then the profile works', async () => {
    const linked = await runCli(home, ['plugins', 'link', plugin, '--no-install']);
    expect(linked.code, linked.stderr).to.equal(0);
    const add = ['profile', 'add', 'mine', '--provider', 'acme', '--api-key-stdin', '--keyring', '--yes'];
    const added = await runCli(home, add, { input: 'key-of-acme\n' });
    expect(added, added.stderr).to.include({ code: 0 });
    const environment = { FAKE_ASK: '1', ...claude.reporting('row') };
    const ran = await runCli(home, ['run', 'mine'], { environment });
    expect(ran, ran.stderr).to.include({ code: 0 });
    const asked = upstream.requests.findLast(({ method }) => method === 'POST');
    expect(asked?.headers).to.include({ authorization: 'Bearer key-of-acme' });
    expect(asked?.body).to.include({ model: 'acme-large' });
    expect(asked?.body).to.have.property('max_completion_tokens');
    const { profiles } = JSON.parse((await runCli(home, ['models', 'mine', '--json'])).stdout) as {
      profiles: { models: { id: string; context_window: number }[] }[];
    };
    expect(profiles[0]?.models.find(({ id }) => id === 'acme-large')).to.include({ context_window: 256_000 });
  });

  it('has its page made from that row', async () => {
    const { default: answer } = (await import(pathToFileURL(join(plugin, 'lib', 'index.js')).href)) as {
      default: () => readonly Provider[];
    };
    const provider = answer().find(({ id }) => id === 'acme');
    const page = providerPage({ provider, plugin: PLUGIN });
    expect(page).to.contain('claudex profile add --provider acme').and.contain('export ACME_KEY=');
    expect(page).to.contain('`acme-large`').and.contain('256,000').and.contain('`"max_completion_tokens"`');
    expect(page).to.contain('Pictures are not seen.');
  });
});

/** The row of a vendor, as its file in `src/vendors` has it. */
function rowOf(baseUrl: string): string {
  return `import { defineProvider } from '@claudex/sdk';

/** Acme. */
export const acme = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  baseUrl: '${baseUrl}',
  keyVariables: ['ACME_KEY'],
  models: { default: 'acme-large' },
  knownModels: [{ id: 'acme-large', contextWindow: 256_000, maxOutputTokens: 32_000 }],
  quirks: { maxOutputTokensField: 'max_completion_tokens' },
  knownGaps: ['Pictures are not seen.'],
});
`;
}

/** A copy of the bundled plugin with one vendor more, built. */
async function pluginWith(folder: string, row: string): Promise<string> {
  const copy = join(folder, 'plugin-with-acme');
  const bundled = join(ROOT, 'plugins', 'provider-compatible');
  await mkdir(join(copy, 'node_modules', '@claudex'), { recursive: true });
  await symlink(join(ROOT, 'plugins', 'sdk'), join(copy, 'node_modules', '@claudex', 'sdk'));
  await cp(join(bundled, 'src'), join(copy, 'src'), { recursive: true });
  await cp(join(bundled, 'package.json'), join(copy, 'package.json'));
  await writeFile(join(copy, 'src', 'vendors', 'acme.ts'), row);
  const list = join(copy, 'src', 'vendors', 'index.ts');
  const vendors = await readFile(list, 'utf8');
  const longer = vendors.replace(/(VENDORS: readonly Provider\[\] = \[)/, '$1acme,');
  expect(longer).to.not.equal(vendors);
  await writeFile(list, `import { acme } from './acme.ts';\n${longer}`);
  await build({
    absWorkingDir: copy,
    entryPoints: ['src/index.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['@claudex/sdk'],
    outfile: 'lib/index.js',
    logLevel: 'silent',
  });
  return copy;
}

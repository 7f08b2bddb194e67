import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Config } from '@oclif/core';
import { collectRegistry } from '../../../src/registry/index.ts';
import { sendWhole, startRecordingServer } from '../../support/recording-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { searchingFor, startSearching } from './support/searching.ts';

/** A whole plugin, as somebody else would write it: one hook, one descriptor. */
const HOOK = `
const search = {
  specVersion: 1,
  id: 'engine',
  title: 'Engine',
  async search({ query, maxResults }, { fetch }) {
    const address = process.env.TEST_ENGINE_URL + '/find?q=' + encodeURIComponent(query) + '&n=' + maxResults;
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    if (answer.status !== 200) throw new Error('the engine is down');
    return JSON.parse(await answer.text()).pages;
  },
};
export default () => [search];
`;

describe('a package with the hook claudex:searches', () => {
  const root = temporaryFolder();
  afterEach(() => delete process.env['TEST_ENGINE_URL']);

  async function load(): Promise<Config> {
    const folder = join(root(), 'node_modules', 'claudex-plugin-engine');
    await mkdir(folder, { recursive: true });
    const common = { version: '1.0.0', type: 'module' };
    const hooks = { 'claudex:searches': './hook.js' };
    const plugin = { ...common, name: 'claudex-plugin-engine', exports: { '.': './hook.js' }, oclif: { hooks } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(plugin));
    await writeFile(join(folder, 'hook.js'), HOOK);
    const dependencies = { 'claudex-plugin-engine': '1.0.0' };
    const oclif = { bin: 'cli', plugins: ['claudex-plugin-engine'] };
    await writeFile(
      join(root(), 'package.json'),
      JSON.stringify({ ...common, name: 'cli', files: [], dependencies, oclif }),
    );
    return Config.load(root());
  }

  it('answers the searches of a session', async () => {
    const engine = await startRecordingServer((_request, response) =>
      sendWhole(response, 200, { pages: [{ url: 'https://a.example/', title: 'A', text: 'The reds won.' }] }),
    );
    process.env['TEST_ENGINE_URL'] = engine.url;
    const { searches, warnings } = await collectRegistry(await load());
    expect(warnings).to.deep.equal([]);
    await using chat = await startSearching((_body, n) => (n === 0 ? searchingFor('wer & was') : { text: 'Reds.' }), {
      searches: [...searches.values()],
    });
    const { content } = await chat.ask(true);
    expect(engine.requests.map(({ url }) => url)).to.deep.equal(['/find?q=wer%20%26%20was&n=10']);
    expect(JSON.stringify(chat.bodies()[1]?.messages)).to.contain('The reds won.');
    expect(content.at(-1)).to.include({ text: 'Reds.' });
    await engine.close();
  });
});

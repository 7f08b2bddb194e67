import { expect } from 'chai';
import { runProcess } from '../support/run-process.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

const ROOM = new URL('../../src/config/index.ts', import.meta.url).href;

/** Prints which packages are resolved by importing the room and by loading a configuration. */
const SCRIPT = `
  import { registerHooks } from 'node:module';
  const seen = [];
  registerHooks({ resolve(specifier, context, next) {
    if (!/^(?:[./]|node:|file:)/.test(specifier)) seen.push(specifier.split('/')[0]);
    return next(specifier, context);
  } });
  const { loadConfiguration } = await import(${JSON.stringify(ROOM)});
  const afterImport = [...seen];
  const folders = { workingFolder: process.cwd(), configFolder: '/nowhere', stateFolder: '/nowhere' };
  await loadConfiguration({ ...folders, environment: {} });
  console.log(JSON.stringify({ afterImport, parsers: seen.filter((name) => ['cosmiconfig', 'smol-toml', 'yaml'].includes(name)) }));
`;

describe('importing the configuration room', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  async function run(): Promise<unknown> {
    const result = await runProcess(process.execPath, ['--input-type=module', '-e', SCRIPT], {
      cwd: workspace.project,
      environment: {},
    });
    expect(result.stderr).to.equal('');
    return JSON.parse(result.stdout);
  }

  it('loads no package, and loading a configuration without files neither', async () => {
    expect(await run()).to.deep.equal({ afterImport: [], parsers: [] });
  });

  it('loads the one parser that is needed when there is a file', async () => {
    workspace.write('project/claudex.toml', '');
    workspace.write('project/claudex.toml', 'log_level = "warn"');
    expect(await run()).to.deep.equal({ afterImport: [], parsers: ['cosmiconfig', 'smol-toml'] });
  });
});

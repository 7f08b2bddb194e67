import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isWindows, ROOT } from './checkout.mjs';

/**
 * What the user can do after the demonstration, as text.
 * @param {{node: string, claude: {path: string, from: 'PATH' | 'cache'}, environment: NodeJS.ProcessEnv}} known
 * `node` is the project's
 */
export function nextSteps({ node, claude, environment }) {
  // The user's own Node may be too old, and a client from the cache is not on PATH, where "run" looks for it.
  const folders = [dirname(node), ...(claude.from === 'cache' ? [dirname(claude.path)] : [])];
  return `Three things to do next, in this folder, after
  ${pathLine(folders)}

1. Use a provider of your own. Put this into ${configFile(environment)}, with your key in the environment:

     [[profiles]]
     name = "openai"
     provider = "openai"
     api_key_env = "OPENAI_API_KEY"

   and start Claude Code on it: node bin/run.js run openai

2. Talk to this demo yourself: node bin/run.js run demo

3. Read how it works: README.md, then docs/request-flow.md, which follows one request through the code.
`;
}

function pathLine(folders) {
  const inCheckout = (base) => folders.map((folder) => join(base, relative(ROOT, folder)));
  if (isWindows) return `$env:PATH = "${inCheckout('$PWD').join(';')};$env:PATH"`;
  return `export PATH="${inCheckout('$PWD').join(':')}:$PATH"`;
}

function configFile(environment) {
  const { XDG_CONFIG_HOME: configured, LOCALAPPDATA: local } = environment;
  const base = configured || (isWindows && local) || join(homedir(), '.config');
  return join(base, 'claudex', 'config.toml');
}

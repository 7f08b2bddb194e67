import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILES = {
  'README.md': `# The garden

A small garden, described in three files, so that there is something to look at.
Water the tomatoes every morning and talk to the beans.
`,
  'plants.txt': 'tomatoes: 6\nbeans: 12\nsunflowers: 3\n',
  'watering.md': '# Watering\n\nBefore eight in the morning, never on the leaves.\n',
};

// What somebody's own session or configuration would change about the demonstration.
const FOREIGN = /^(?:ANTHROPIC|CLAUDE|CLAUDECODE|CLAUDEX)(?:_|$)/;

/**
 * A place for one demonstration: a folder with files to look at, and beside it a home for everything that
 * Claude Code and Claudex would otherwise keep in the user's.
 * @returns {{garden: string, home: string, remove: () => void}}
 */
export function makeScratch() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'claudex-start-')));
  const garden = join(root, 'garden');
  const home = join(root, 'home');
  for (const folder of [garden, home]) mkdirSync(folder);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(garden, name), text);
  return {
    garden,
    home,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/**
 * The environment of the demonstration: nothing in it leads to the user's own configuration, proxy or session.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} home
 * @param {number} port of the demonstration's own proxy
 */
export function isolate(environment, home, port) {
  const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !FOREIGN.test(name)));
  return {
    ...kept,
    HOME: home,
    USERPROFILE: home,
    LOCALAPPDATA: join(home, 'local'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    CLAUDE_CONFIG_DIR: join(home, 'claude'),
    CLAUDEX_PROXY_PORT: String(port),
    CLAUDEX_DISABLE_AUTOUPDATE: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

/** A loopback port that is free right now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

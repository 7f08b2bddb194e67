import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The token of every proxy that is measured. */
export const TOKEN = 'bench-token-0123456789';

// What somebody's own session, network or Node settings would change about the figures.
const FOREIGN = /^(?:(?:ANTHROPIC|OPENAI|CLAUDE|CLAUDEX|NODE|npm)_.*|CLAUDECODE|(?:https?|all|no)_proxy|FORCE_COLOR)$/i;

/** A home of its own for everything that is measured, so that the user's configuration neither helps nor suffers. */
export interface OwnHome {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** A log file in it. */
  logFile(name: string): string;
  /** The file that the proxy itself logs to: where its stderr is that file, it writes each line once, as in the background. */
  readonly proxyLogFile: string;
  remove(): void;
}

/** Makes a home whose configuration has a translated and a passed-through profile for the upstream on `port`. */
export function makeHome(port: number): OwnHome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'claudex-bench-')));
  const configFile = join(folder, 'config', 'claudex', 'config.toml');
  mkdirSync(dirname(configFile), { recursive: true, mode: 0o700 });
  writeFileSync(configFile, configuration(port), { mode: 0o600 });
  const stateFolder = join(folder, 'state', 'claudex');
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  return {
    folder,
    environment: environmentIn(folder, temporary),
    logFile: (name) => join(folder, `${name}.log`),
    proxyLogFile: join(stateFolder, 'proxy.log'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

function environmentIn(home: string, temporary: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    LOCALAPPDATA: join(home, 'local'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    TMPDIR: temporary,
    CLAUDEX_DISABLE_AUTOUPDATE: '1',
  };
}

function configuration(port: number): string {
  const profile = (name: string, type: string, baseUrl: string): string => `
[[profiles]]
name = "${name}"
provider_type = "${type}"
base_url = "${baseUrl}"
api_key = "bench-key"
default_model = "bench-model"
`;
  return `proxy_token = "${TOKEN}"
${profile('translated', 'OpenAICompatible', `http://127.0.0.1:${port}/v1`)}${profile('passed', 'DirectAnthropic', `http://127.0.0.1:${port}`)}`;
}

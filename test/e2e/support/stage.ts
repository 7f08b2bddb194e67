import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { closeAll } from '../../support/close-all.ts';
import { runCli } from '../../support/cli.ts';
import { freePort } from '../../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../../support/isolated-home.ts';
import { startRefusingProxy, type RefusingProxy } from '../../support/refusing-proxy.ts';
import { claudeBinary } from './claude-binary.ts';

/** One profile of the configuration, as TOML would say it. */
export interface StagedProfile {
  readonly provider_type: 'OpenAICompatible' | 'OpenAIResponses' | 'DirectAnthropic' | 'GoogleGemini';
  readonly base_url: string;
  readonly quirks?: { readonly [name: string]: unknown };
  /** Names of other profiles, which `more` defines. */
  readonly backups?: readonly string[];
  /** More TOML: other profiles and tables. */
  readonly more?: string;
}

/** A user with one profile, the real client, and no way out of this machine. */
export interface Stage {
  readonly home: IsolatedHome;
  /** What sessions see beside the home's own environment. */
  readonly environment: { readonly [name: string]: string };
  readonly refused: RefusingProxy;
  /** The provider's key, unknown to anything but the configuration's `api_key_env`. */
  readonly key: string;
  /** The environments that the client was started with, one map for each start. */
  clientEnvironments(): Promise<Map<string, string>[]>;
  /** Stops the proxy; the next session starts another. */
  stopProxy(): Promise<void>;
  close(): Promise<void>;
}

/** What a session in print mode came to. */
export interface SessionResult {
  readonly code: number | null;
  readonly stderr: string;
  /** The client's last event. */
  readonly result: {
    readonly is_error?: boolean;
    readonly result?: string;
    readonly num_turns?: number;
    readonly session_id?: string;
  };
}

/** How a session differs from one that starts anew in the home's `work` folder. */
export interface SessionOptions {
  readonly cwd?: string | undefined;
  /** Added to the session's environment. */
  readonly environment?: { readonly [name: string]: string };
  /** More arguments for the client. */
  readonly args?: readonly string[];
  /** Tools that need no permission beside the usual four. */
  readonly tools?: readonly string[];
}

export const PROFILE = 'scripted';
export const MODEL = 'scripted-model';
export const KEY_VARIABLE = 'SCRIPTED_PROVIDER_KEY';

/** The profile in a configuration file. */
export function profileText({ provider_type, base_url, quirks = {}, backups = [], more = '' }: StagedProfile): string {
  const overrides = Object.entries(quirks).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  return `
[[profiles]]
name = "${PROFILE}"
provider_type = "${provider_type}"
base_url = "${base_url}"
api_key_env = "${KEY_VARIABLE}"
default_model = "${MODEL}"
backup_providers = ${JSON.stringify(backups)}
${overrides.length > 0 ? `[profiles.quirks]\n${overrides.join('')}` : ''}${more}`;
}

/** Prepares a {@link Stage} whose only profile, if any, points at a scripted upstream. */
export async function prepareStage(profile?: StagedProfile): Promise<Stage> {
  const refused = await startRefusingProxy();
  const home = await isolatedHome();
  const key = `sk-scripted-${randomBytes(12).toString('hex')}`;
  const records = join(home.root, 'client-environments');
  await mkdir(records);
  const wrapper = join(home.root, 'claude');
  await writeFile(wrapper, wrapperScript(records, claudeBinary()));
  await chmod(wrapper, 0o755);
  await home.writeConfig(configText(wrapper, await freePort(), profile));
  return {
    home,
    refused,
    key,
    environment: {
      ...refused.environment,
      [KEY_VARIABLE]: key,
      ANTHROPIC_API_KEY: `sk-ant-${key}`,
      UNRELATED_VARIABLE: 'stays',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_MAX_RETRIES: '2',
      DISABLE_AUTOUPDATER: '1',
    },
    clientEnvironments: async () => recordedEnvironments(records),
    async stopProxy() {
      await runCli(home, ['proxy', 'stop']);
    },
    async close() {
      await closeAll(home, refused);
    },
  };
}

/** Runs one session in print mode to its end, at most 60 seconds. */
export async function runSession(stage: Stage, prompt: string, options: SessionOptions = {}): Promise<SessionResult> {
  const client = ['-p', prompt, '--output-format', 'stream-json', '--verbose', ...(options.args ?? [])];
  const tools = ['--allowedTools', 'Bash', 'Read', 'Write', 'Edit', ...(options.tools ?? [])];
  const { code, stdout, stderr } = await runCli(stage.home, ['run', PROFILE, ...client, ...tools], {
    cwd: options.cwd ?? stage.home.work,
    environment: { ...stage.environment, ...options.environment },
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const result = last.startsWith('{') ? JSON.parse(last) : {};
  if (result.type !== 'result') throw new Error(`no result (exit code ${code})\n${stdout}\n${stderr}`);
  return { code, stderr, result };
}

function configText(wrapper: string, port: number, profile?: StagedProfile): string {
  const settings = `proxy_port = ${port}\nclaude_binary = ${JSON.stringify(wrapper)}\n`;
  return profile === undefined ? settings : `${settings}${profileText(profile)}`;
}

/** Records the environment it was started with in a file of its own, then becomes the client. */
function wrapperScript(records: string, client: string): string {
  return `#!/bin/sh\nenv -0 > '${records}'/$$\nexec '${client}' "$@"\n`;
}

async function recordedEnvironments(folder: string): Promise<Map<string, string>[]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => parseEnvironment(await readFile(join(folder, name), 'utf8'))));
}

function parseEnvironment(recorded: string): Map<string, string> {
  const lines = recorded.split('\0').filter((line) => line !== '');
  return new Map(lines.map((line) => splitOnce(line)));
}

function splitOnce(line: string): [name: string, value: string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IsolatedHome } from '../../support/isolated-home.ts';

/** What the stand-in for claude saw. */
export interface ClaudeReport {
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly cwd: string;
  /** The answer to its first request, when it was told to make one. */
  readonly answer?: ClaudeAnswer;
  /** The answer to the request it makes before it ends, when it was told to; like claude it repeats it until somebody listens. */
  readonly again?: ClaudeAnswer;
}

/** What the proxy answered. */
export interface ClaudeAnswer {
  readonly status: number;
  readonly body: { readonly content?: readonly { readonly text?: string }[] };
}

const SCRIPT = `#!/usr/bin/env node
import { existsSync, writeFileSync } from 'node:fs';
const { env } = process;
const report = { argv: process.argv.slice(2), env, cwd: process.cwd() };
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
async function ask() {
  const response = await fetch(env.ANTHROPIC_BASE_URL + '/v1/messages', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer ' + env.ANTHROPIC_AUTH_TOKEN,
      'x-claude-code-session-id': env.FAKE_SESSION ?? 'fake-session',
      ...Object.fromEntries((env.ANTHROPIC_CUSTOM_HEADERS ?? '').split('\\n').map((line) => line.split(': '))),
    },
    body: JSON.stringify({ model: env.ANTHROPIC_MODEL, max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] }),
  });
  return { status: response.status, body: await response.json() };
}
async function askUntilSomebodyListens() {
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer) return answer;
    await pause();
  }
}
if (env.FAKE_ASK) report.answer = await ask();
writeFileSync(env.FAKE_REPORT, JSON.stringify(report));
while (env.FAKE_STAY_UNTIL && !existsSync(env.FAKE_STAY_UNTIL)) await pause();
if (env.FAKE_ASK_AGAIN) writeFileSync(env.FAKE_REPORT, JSON.stringify({ ...report, again: await askUntilSomebodyListens() }));
if (env.FAKE_SIGNAL) process.kill(process.pid, env.FAKE_SIGNAL);
process.exitCode = Number(env.FAKE_EXIT ?? 0);
`;

/** A program in place of claude that reports how it was started. */
export interface FakeClaude {
  readonly path: string;
  /** Tells where the next one reports; pass it in the environment of `claudex run`. */
  reporting(name?: string): { readonly FAKE_REPORT: string };
  report(name?: string): Promise<ClaudeReport>;
  hasStarted(name?: string): Promise<boolean>;
}

/** Installs the stand-in as `claude` in a folder of its own below the home's root. */
export async function installFakeClaude(home: IsolatedHome): Promise<FakeClaude> {
  const path = join(home.root, 'claude.mjs');
  await writeFile(path, SCRIPT, { mode: 0o755 });
  const fileOf = (name = 'report'): string => join(home.root, `${name}.json`);
  return {
    path,
    reporting: (name) => ({ FAKE_REPORT: fileOf(name) }),
    report: async (name) => JSON.parse(await readFile(fileOf(name), 'utf8')) as ClaudeReport,
    hasStarted: (name) =>
      access(fileOf(name)).then(
        () => true,
        () => false,
      ),
  };
}

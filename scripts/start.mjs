import { dirname, delimiter, join } from 'node:path';
import { findClaudeCode } from './claude-code.mjs';
import { setUp } from './setup.mjs';
import { ROOT } from './support/checkout.mjs';
import { nextSteps } from './support/next-steps.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { run } from './support/run.mjs';
import { freePort, isolate, makeScratch } from './support/scratch.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';
import { describeEvent, labelled, summarize } from './support/transcript.mjs';
import { watchEvents } from './support/watch-claude.mjs';

const TASK = 'Look at the files in this folder, read one that looks interesting, and tell me what you found.';
const ALLOWED_TOOLS = ['Bash(pwd)', 'Bash(ls:*)', 'Read'];
const CLI = join(ROOT, 'bin', 'run.js');
const STOP_LIMIT_MS = 45_000;

/**
 * The demonstration: Claude Code holds a tool-using conversation through Claudex with the scripted provider, in
 * a scratch folder and a home of its own. Leaves nothing behind.
 */
await runAsProgram(import.meta.url, async () => {
  const interrupted = new AbortController();
  const { node, environment } = await setUp();
  const claude = await findClaudeCode({ allowPath: true });
  const scratch = makeScratch();
  const env = isolate(withClaude(environment, claude), scratch.home, await freePort());
  const interrupt = () => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
  try {
    await converse(node, claude, scratch.garden, env, interrupted.signal);
  } finally {
    await run(node, [CLI, 'proxy', 'stop'], { cwd: scratch.garden, env, quiet: true, limitMs: STOP_LIMIT_MS });
    scratch.remove();
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);
  }
  process.stdout.write(`\n${nextSteps({ node, claude, environment })}`);
});

async function converse(node, claude, cwd, env, signal) {
  const args = [
    'run',
    'demo',
    '-p',
    TASK,
    '--output-format',
    'stream-json',
    '--verbose',
    '--allowedTools',
    ...ALLOWED_TOOLS,
  ];
  tellOnStderr(
    `\nClaude Code ${claude.version} (from ${claude.from === 'PATH' ? claude.path : 'the cache of this checkout'}) in ${cwd}:\n`,
  );
  print(labelled('you', TASK));
  const events = [];
  const onEvent = (event) => {
    events.push(event);
    print(describeEvent(event));
  };
  const { code, isLate } = await watchEvents(node, [CLI, ...args], { cwd, env, signal, onEvent });
  if (signal.aborted) throw new ScriptError('Interrupted; everything was cleaned up.', 130);
  if (isLate) throw new ScriptError('Claude Code was still not done after two minutes and was ended.');
  const { toolsRan, problem } = summarize(events);
  if (code !== 0) throw new ScriptError(`"claudex run demo" ended with exit code ${code}. ${problem ?? ''}`.trim());
  if (problem !== undefined) throw new ScriptError(problem);
  print(labelled('done', `${toolsRan.length} tool calls really ran: ${toolsRan.join(', ')}`));
}

/** `claudex run` looks for the client on PATH, where the one from the cache is not. */
function withClaude(environment, claude) {
  if (claude.from === 'PATH') return environment;
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...environment, [name]: `${dirname(claude.path)}${delimiter}${environment[name]}` };
}

function print(lines) {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { failure } from '../errors/index.ts';
import { behindShim } from './behind-shim.ts';

/** What Windows starts without being told the ending, where `PATHEXT` does not say. */
const USUAL_ENDINGS = '.COM;.EXE;.BAT;.CMD';

/**
 * Finds the executable that `claude_binary` names: a path (`~/` is the home folder), else the first match in
 * PATH, of which only absolute folders count: any other would be one of the folder that claude is to work in.
 * On Windows the endings of PATHEXT are tried, then `.ps1`, and a shim of npm gives way to the program behind it.
 * Returns an absolute path. Fails with `claude-not-found`, exit 1.
 */
export async function findClaude(
  binary: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  const endings = platform === 'win32' ? endingsFor(binary, environment) : [''];
  const found = async (base: string): Promise<string | undefined> => {
    for (const ending of endings) if (await isExecutable(base + ending)) return behindShim(base + ending, platform);
    return undefined;
  };
  if (/[/\\]/.test(binary)) {
    const path = resolve(binary.replace(/^~(?=[/\\])/, environment['HOME'] ?? homedir()));
    const executable = await found(path);
    if (executable !== undefined) return executable;
    throw failure(
      'claude-not-found',
      `claude_binary is ${binary}, but there is no executable file at ${path}`,
      'Correct claude_binary in the configuration: "claudex config set claude_binary PATH".',
    );
  }
  const folders = (variable(environment, 'PATH', platform) ?? '').split(platform === 'win32' ? ';' : delimiter);
  for (const folder of folders.filter(isAbsolute)) {
    const executable = await found(join(folder, binary));
    if (executable !== undefined) return executable;
  }
  throw notInPath(binary);
}

function notInPath(binary: string): Error {
  const how =
    'Install Claude Code with "npm install --global @anthropic-ai/claude-code" or with the installer of https://code.claude.com/docs/en/setup';
  if (binary === 'claude') {
    return failure(
      'claude-not-found',
      '"claude" was not found in PATH',
      `${how}, or set claude_binary to where it is.`,
    );
  }
  return failure(
    'claude-not-found',
    `claude_binary is "${binary}", which was not found in PATH`,
    `Correct claude_binary in the configuration. ${how}.`,
  );
}

/** A name that has one of the endings is taken as it is first. */
function endingsFor(binary: string, environment: NodeJS.ProcessEnv): string[] {
  const given = (variable(environment, 'PATHEXT', 'win32') || USUAL_ENDINGS)
    .split(';')
    .filter((ending) => ending !== '');
  const endings = [...given.map((ending) => ending.toLowerCase()), '.ps1'];
  return endings.some((ending) => binary.toLowerCase().endsWith(ending)) ? ['', ...endings] : endings;
}

/** Windows does not care how the name of a variable is written, but a copy of its environment does. */
function variable(environment: NodeJS.ProcessEnv, name: string, platform: NodeJS.Platform): string | undefined {
  if (environment[name] !== undefined || platform !== 'win32') return environment[name];
  const written = Object.keys(environment).find((candidate) => candidate.toUpperCase() === name);
  return written === undefined ? undefined : environment[written];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

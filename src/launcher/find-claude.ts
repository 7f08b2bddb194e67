import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { failure } from '../errors/index.ts';

/**
 * Finds the executable that `claude_binary` names: a path (`~/` is the home folder), else the first match in
 * PATH, of which only absolute folders count: any other would be one of the folder that claude is to work in.
 * Returns an absolute path. Fails with `claude-not-found`, exit 1.
 */
export async function findClaude(binary: string, environment: NodeJS.ProcessEnv): Promise<string> {
  if (/[/\\]/.test(binary)) {
    const path = resolve(binary.replace(/^~(?=\/)/, environment['HOME'] ?? homedir()));
    if (await isExecutable(path)) return path;
    throw failure(
      'claude-not-found',
      `claude_binary is ${binary}, but there is no executable file at ${path}`,
      'Correct claude_binary in the configuration.',
    );
  }
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, binary);
    if (isAbsolute(folder) && (await isExecutable(path))) return path;
  }
  throw failure(
    'claude-not-found',
    `"${binary}" was not found in PATH`,
    'Install Claude Code with "npm install --global @anthropic-ai/claude-code", or set claude_binary to where it is.',
  );
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

import { userInfo } from 'node:os';

/**
 * Does something with `SHELL` set. The framework would ask for the user's record instead, which the system does not have in
 * a container that runs under a bare number, and fail. Afterwards the environment is as it was.
 */
export async function withShell<Result>(environment: NodeJS.ProcessEnv, work: () => Promise<Result>): Promise<Result> {
  if (environment['SHELL'] !== undefined || process.platform === 'win32' || hasRecord()) return work();
  environment['SHELL'] = '/bin/sh';
  try {
    return await work();
  } finally {
    delete environment['SHELL'];
  }
}

function hasRecord(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

import { spawn } from 'node:child_process';

/** What to start a program with on this platform. */
export interface StartedWith {
  readonly file: string;
  readonly arguments: readonly string[];
  /** Whether it is a batch file, whose arguments a shell reads. */
  readonly isBatch: boolean;
}

/** How to start a program: on Windows scripts need somebody to run them. */
export function startedWith(
  executable: string,
  given: readonly string[],
  platform: NodeJS.Platform = process.platform,
): StartedWith {
  if (platform === 'win32' && /\.ps1$/i.test(executable)) {
    const script = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', executable];
    return { file: 'powershell.exe', arguments: [...script, ...given], isBatch: false };
  }
  return { file: executable, arguments: given, isBatch: platform === 'win32' && /\.(?:cmd|bat)$/i.test(executable) };
}

/** What starts a program as {@link startedWith} says, with its arguments as they are also where a shell is in between. */
export async function spawnerFor({ isBatch }: StartedWith): Promise<typeof spawn> {
  if (!isBatch) return spawn;
  // It quotes what the command line of Windows would take for something else.
  const { default: crossSpawn } = await import('cross-spawn');
  return crossSpawn as typeof spawn;
}

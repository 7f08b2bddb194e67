import { execFile } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runProcess, type ProcessResult } from '../../support/run-process.ts';
import { ROOT } from '../../support/source-files.ts';

const CACHE = join(ROOT, '.cache', 'npm');

/** What npm and Node need in order to reach the registry from here. */
const NETWORK_VARIABLES = /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|(?:https?|no)_proxy|npm_config_(?:registry|cafile))$/i;

/** PATH as the user has it, without the folders that "npm run" puts in front. */
function userPath(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.endsWith('node_modules/.bin'));
}

/** The user's PATH with this Node first. */
export function pathWith(node: string): string {
  return [dirname(node), ...userPath()].join(delimiter);
}

let settings: Promise<{ readonly [name: string]: string }> | undefined;

/** Runs npm on the given Node, at most five minutes. Throws with its output when it fails. */
export async function npm(
  node: string,
  args: readonly string[],
  cwd: string,
  environment: { readonly [name: string]: string },
): Promise<ProcessResult> {
  settings ??= machineSettings();
  const result = await runProcess('npm', [...args, '--loglevel=http', '--no-fund', '--no-audit'], {
    cwd,
    environment: { ...(await settings), ...environment, PATH: pathWith(node), npm_config_cache: CACHE },
    limitMs: 300_000,
  });
  if (result.code === 0) return result;
  throw new Error(`npm ${args.join(' ')} failed with ${result.code}\n${result.stdout}\n${result.stderr}`);
}

/** npm looks for its global settings beside the Node that runs it; another Node must be told where this machine's are. */
async function machineSettings(): Promise<{ [name: string]: string }> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'globalconfig', '--no-workspaces'], {
    cwd: ROOT,
    env: { ...process.env, PATH: userPath().join(delimiter) },
  });
  const network = Object.entries(process.env).filter(([name]) => NETWORK_VARIABLES.test(name));
  return { ...(Object.fromEntries(network) as { [name: string]: string }), npm_config_globalconfig: stdout.trim() };
}

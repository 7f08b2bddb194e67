import { namesSecret, secretsOf } from '../../config/index.ts';
import { compareVersions } from '../../daemon/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { findClaude, readOutput } from '../../launcher/index.ts';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { VERIFIED_CLAUDE_CODE } from '../verified-version.ts';

/** For starting a large program on a busy machine, in milliseconds. */
const VERSION_LIMIT_MS = 4_000;

/** Whether Claude Code is there, and how old it is. */
export async function checkClaude(installation: Installation): Promise<Diagnosis[]> {
  const values = await installation.values();
  let executable: string;
  try {
    executable = await findClaude(values.claude_binary, installation.environment);
  } catch (error) {
    if (!isClaudexError(error)) throw error;
    const remedy = error.remedy === undefined ? {} : { remedy: error.remedy };
    return [problem('claude', 'Claude Code was not found', { detail: error.message, ...remedy })];
  }
  const secrets = secretsOf(values, installation.environment);
  return [await judge(executable, withoutSecrets(installation.environment, secrets))];
}

async function judge(executable: string, environment: NodeJS.ProcessEnv): Promise<Diagnosis> {
  const { output, failure } = await readOutput(executable, ['--version'], { environment, limitMs: VERSION_LIMIT_MS });
  const [version] = failure === undefined ? (/\d+\.\d+\.\d+(?:-[\w.-]+)?/.exec(output) ?? []) : [];
  if (version === undefined) {
    return warning('claude', 'Claude Code does not say its version', {
      detail: `"${executable} --version" ${failure ?? 'printed something else'}.`,
      remedy: 'Run it in a terminal to see why, or correct claude_binary in the configuration.',
    });
  }
  const title = `Claude Code ${version}`;
  const order = compareVersions(version, VERIFIED_CLAUDE_CODE);
  if (order === 'older') {
    return warning('claude', title, {
      detail: `${executable}; older than ${VERIFIED_CLAUDE_CODE}, with which Claudex was tried.`,
      remedy: 'Run "claude update".',
    });
  }
  const newer = order === 'newer' ? `; newer than ${VERIFIED_CLAUDE_CODE}, the last one that was tried` : '';
  return ok('claude', title, `${executable}${newer}`);
}

/** A version is told without any key. */
function withoutSecrets(environment: NodeJS.ProcessEnv, secrets: readonly string[]): NodeJS.ProcessEnv {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.filter(([name, value]) => !namesSecret(name) && !secrets.includes(value ?? '')));
}

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemCodeOf } from '../../errors/index.ts';
import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** What in the settings of Claude Code would lead it elsewhere. */
const OVERRIDING =
  /^(?:ANTHROPIC_(?:BASE_URL|AUTH_TOKEN|API_KEY|MODEL|CUSTOM_HEADERS|DEFAULT_\w+_MODEL)|CLAUDE_CODE_(?:USE_\w+|SUBAGENT_MODEL|MAX_CONTEXT_TOKENS|MAX_OUTPUT_TOKENS))$/;
const ID = 'claude-settings';
/** A larger file is none of settings. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Whether the user's settings of Claude Code would override what `claudex run` sets. Their values are never shown. */
export async function checkClaudeSettings({ facts, environment }: Installation): Promise<Diagnosis[]> {
  const home = environment['CLAUDE_CONFIG_DIR'] || join(environment['HOME'] ?? homedir(), '.claude');
  const project = join(facts.sources.workingFolder, '.claude');
  const files = [join(home, 'settings.json'), join(project, 'settings.json'), join(project, 'settings.local.json')];
  const looks = await Promise.all([...new Set(files)].map(async (file) => ({ file, ...(await look(file)) })));
  const broken = looks.filter(({ broken }) => broken !== undefined);
  const overriding = looks.filter(({ keys }) => keys.length > 0);
  return [
    ...broken.map(({ file, broken }) =>
      warning(ID, 'Claude Code cannot read its settings', {
        detail: `${file} ${broken}.`,
        remedy: 'Correct the file, or move it away.',
      }),
    ),
    ...overriding.map(({ file, keys }) =>
      ok(ID, 'Claude Code has settings that "claudex run" overrides', `${file}: ${keys.join(', ')}`),
    ),
    ...(broken.length + overriding.length === 0 ? [ok(ID, 'No settings of Claude Code are in the way')] : []),
  ];
}

async function look(file: string): Promise<{ readonly keys: readonly string[]; readonly broken?: string }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { keys: [] } : { keys: [], broken: `cannot be read (${code})` };
  }
  try {
    if (text.length > MOST_CHARACTERS) return { keys: [], broken: 'is too large' };
    return { keys: overridingKeys(JSON.parse(text) as unknown) };
  } catch {
    return { keys: [], broken: 'is not valid JSON' };
  }
}

function overridingKeys(settings: unknown): string[] {
  const { env, apiKeyHelper, model } = asTable(settings);
  const names = Object.keys(asTable(env)).filter((name) => OVERRIDING.test(name));
  return [
    ...names.map((name) => `env.${name}`),
    ...(apiKeyHelper === undefined ? [] : ['apiKeyHelper']),
    ...(model === undefined ? [] : ['model']),
  ];
}

function asTable(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
}

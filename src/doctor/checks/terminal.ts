import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const ID = 'terminal';
/** Tables and Claude Code itself need this many columns. */
const NARROWEST = 60;

/** Whether the terminal can show what Claudex and Claude Code print. */
export function checkTerminal({ facts: { terminal, platform }, environment }: Installation): Diagnosis[] {
  const { isTerminal, columns, colorDepth } = terminal;
  const found: Diagnosis[] = [];
  if (isTerminal && environment['TERM'] === 'dumb') {
    found.push(
      warning(ID, 'TERM is "dumb"', {
        detail: 'Claude Code and questions cannot be shown properly.',
        remedy: 'Set TERM to what your terminal is, e.g. xterm-256color.',
      }),
    );
  }
  if (isTerminal && columns !== undefined && columns < NARROWEST) {
    found.push(
      warning(ID, `The terminal has only ${columns} columns`, { remedy: `Make it ${NARROWEST} columns wide or more.` }),
    );
  }
  if (platform !== 'win32' && !isUtf8(environment)) {
    found.push(
      warning(ID, 'The locale is not UTF-8', {
        detail: 'Letters other than English ones may come out wrong.',
        remedy: 'Set LANG to a UTF-8 locale, e.g. C.UTF-8.',
      }),
    );
  }
  if (found.length > 0) return found;
  if (!isTerminal) return [ok(ID, 'Not on a terminal', 'no colours and no questions')];
  const colors = colorDepth >= 24 ? 'true colour' : colorDepth > 1 ? `${2 ** colorDepth} colours` : 'no colours';
  return [ok(ID, 'Terminal', `${columns ?? '?'} columns, ${colors}`)];
}

/** Without any variable the system's default counts, which is said to nobody. */
function isUtf8(environment: NodeJS.ProcessEnv): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || 'UTF-8';
  return /utf-?8/i.test(locale);
}

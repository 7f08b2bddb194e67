import { compareVersions } from '../../daemon/index.ts';
import { ok, problem, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** Whether this Node can run everything. */
export function checkNode({ facts: { nodeVersion, nodeRange } }: Installation): Diagnosis[] {
  if (fitsRange(nodeVersion, nodeRange)) return [ok('node', `Node ${nodeVersion}`)];
  return [
    problem('node', `Node ${nodeVersion} is too old`, {
      detail: `Claudex needs ${nodeRange}.`,
      remedy: 'Install the current release from https://nodejs.org or run "npm install --global node@24".',
    }),
  ];
}

/** Whether a version is in a range of the forms `^1.2.3` and `>=1`, with `||` between several. */
export function fitsRange(version: string, range: string): boolean {
  return range.split('||').some((part) => {
    const [, operator, lowest = ''] = /^\s*(\^|>=)\s*([\d.]+)\s*$/.exec(part) ?? [];
    const full = [...lowest.split('.'), '0', '0'].slice(0, 3).join('.');
    const order = compareVersions(version, full);
    if (operator === undefined || (order !== 'same' && order !== 'newer')) return false;
    return operator === '>=' || majorOf(version) === majorOf(full);
  });
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? '';
}

export { lookAround } from './look-around.ts';
export type { Overview } from './overview.ts';
export { overviewLines, profileCells, welcomeLines } from './overview-lines.ts';

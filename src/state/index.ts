export { directoriesOf, type Directories } from './directories.ts';
export type { AttemptReport, ExchangeReport } from './exchange-report.ts';
export { makePrivateFolder, readPrivateFile, writePrivateFile } from './private-file.ts';
export { readOrCreateProxyToken } from './proxy-token.ts';
export type { ListOptions, PutOptions, StateStore, StoredEntry } from './state-store.ts';

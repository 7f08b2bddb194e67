export { directoriesOf, type Directories } from './directories.ts';
export { makePrivateFolder, readPrivateFile, writePrivateFile } from './private-file.ts';
export { readOrCreateProxyToken } from './proxy-token.ts';

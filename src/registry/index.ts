export { collectRegistry, type Registry } from './collect.ts';
export { loadEveryPlugin, postponePlugins } from './plugins.ts';

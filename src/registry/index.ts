export { collectRegistry, type Registry } from './collect.ts';

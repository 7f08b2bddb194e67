import type { ClaudexHook } from '@claudex/sdk';
import { VENDORS } from './vendors/index.ts';

/** Answers oclif's hook with the vendors of this plugin, none of which needs more than a table. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => VENDORS;

export default answerProviders;

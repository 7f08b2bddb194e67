import { tokenCount } from '../config/index.ts';
import type { LaunchSettings } from './build-environment.ts';
import { launchedFacts } from './launched-model.ts';

/**
 * What is known of the model that claude starts with, in one line: its sizes, what it takes, and who serves it, e.g.
 * `grok-4 · 256k context, 32k output · images, thinking · via grok, backup deepseek`. Facts that are not known are left out.
 */
export function capabilitiesLine(settings: Pick<LaunchSettings, 'bound' | 'configuration' | 'model'>): string {
  const { profile } = settings.bound;
  const facts = launchedFacts(settings);
  const { contextWindow, maxOutputTokens, modalities, reasoning } = facts;
  const sizes = [
    ...(contextWindow === undefined ? [] : [`${tokenCount(contextWindow)} context`]),
    ...(maxOutputTokens === undefined ? [] : [`${tokenCount(maxOutputTokens)} output`]),
  ];
  const abilities = [
    ...(modalities?.input.includes('image') === true ? ['images'] : []),
    ...(reasoning === undefined ? [] : ['thinking']),
  ];
  const [backup, ...more] = profile.backup_providers;
  const backups = backup === undefined ? '' : `, backup ${[backup, ...more].join(' and ')}`;
  return [facts.id, sizes.join(', '), abilities.join(', '), `via ${profile.name}${backups}`]
    .filter((part) => part !== '')
    .join(' · ');
}

import { join } from 'node:path';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { pathExists } from '../path-exists.ts';

/** Whether the configuration is in order; everything that is wrong with it at once. */
export async function checkConfiguration(installation: Installation): Promise<Diagnosis[]> {
  const look = await installation.configuration();
  if ('error' in look) {
    const { message, remedy } = look.error;
    return [
      problem('configuration', 'The configuration cannot be used', {
        detail: message,
        remedy: remedy ?? '"claudex config edit" opens it.',
      }),
    ];
  }
  const { layers } = look.loaded;
  const from = layers.flatMap(({ file, origin, values }) =>
    file === undefined
      ? origin === 'environment' && Object.keys(values).length > 0
        ? ['the environment']
        : []
      : [file],
  );
  return [ok('configuration', 'The configuration is in order', from.length === 0 ? 'all defaults' : from.join(', '))];
}

/** Whether there is a global file, which is the place where profiles go. */
export async function checkGlobalFile({ facts, environment }: Installation): Promise<Diagnosis[]> {
  const { configFile, configFolder } = facts.sources;
  if (configFile !== undefined || environment['CLAUDEX_CONFIG']) return [];
  const candidates = ['toml', 'yaml', 'yml'].map((extension) => join(configFolder, `config.${extension}`));
  const there = await Promise.all(candidates.map(pathExists));
  const files = candidates.filter((_, index) => there[index]);
  const [first, ...ignored] = files;
  if (first === undefined) {
    return [
      warning('global-file', 'There is no global configuration file yet', {
        detail: `It would be ${candidates[0]}.`,
        remedy: '"claudex config init" or "claudex doctor --fix" makes it.',
        fix: async () => {
          const file = await facts.createGlobalFile();
          return file === undefined ? undefined : `made ${file}`;
        },
      }),
    ];
  }
  if (ignored.length === 0) return [ok('global-file', 'Global configuration file', first)];
  return [
    warning('global-file', 'There is more than one global configuration file', {
      detail: `${first} counts; not read: ${ignored.join(', ')}.`,
      remedy: 'Keep one of them.',
    }),
  ];
}

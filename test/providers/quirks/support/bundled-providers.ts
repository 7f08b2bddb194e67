import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '@claudex/sdk';
import { ROOT } from '../../../support/source-files.ts';

/** The providers of all plugins that come with Claudex, by their packages' own hooks. */
export async function bundledProviders(): Promise<Provider[]> {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies: { readonly [name: string]: string };
  };
  const packages = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@claudex/plugin-provider-'));
  const answers = await Promise.all(
    packages.map(async (name) => {
      const { default: answer } = (await import(name)) as {
        readonly default: (options: { readonly specVersion: 1 }) => readonly Provider[] | Promise<readonly Provider[]>;
      };
      return answer({ specVersion: 1 });
    }),
  );
  return answers.flat();
}

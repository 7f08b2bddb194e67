import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** Whether every plugin could be loaded and asked. */
export async function checkPlugins({ facts }: Installation): Promise<Diagnosis[]> {
  const { warnings } = await facts.registry();
  const installed = facts.plugins.filter(({ type }) => type !== 'core');
  const names = installed.map(({ name, version }) => `${name} ${version}`);
  return [
    ...warnings.map((line) =>
      warning('plugins', 'A plugin does not do what it should', {
        detail: line,
        remedy:
          '"claudex plugins" lists them; "claudex plugins uninstall" removes one, "claudex plugins update" renews all.',
      }),
    ),
    ok(
      'plugins',
      names.length === 0 ? 'No plugins are installed' : 'Installed plugins',
      names.join(', ') || 'only the bundled ones',
    ),
  ];
}

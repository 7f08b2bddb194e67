import { isTable, valueAt, type JsonLike, type Path, type Table } from './tables.ts';

/** A place that names a profile. */
export interface ProfileReference {
  readonly path: Path;
  readonly name: string;
}

const SINGLE_REFERENCES: readonly Path[] = [
  ['default_profile'],
  ['router', 'profile'],
  ['context', 'compression', 'profile'],
  ['context', 'rag', 'profile'],
];

/** Every place in checked values that names a profile; an empty text names none. */
export function profileReferences(values: Table): ProfileReference[] {
  const found = SINGLE_REFERENCES.map((path) => ({ path, name: valueAt(values, path) }));
  const rules = valueAt(values, ['router', 'rules']);
  if (isTable(rules)) {
    for (const [intent, name] of Object.entries(rules)) found.push({ path: ['router', 'rules', intent], name });
  }
  for (const [index, profile] of profilesOf(values).entries()) found.push(...backupsOf(profile, ['profiles', index]));
  return found.filter((reference): reference is ProfileReference => {
    return typeof reference.name === 'string' && reference.name !== '';
  });
}

/** The entries of `profiles` that are tables; also of values that were not checked yet. */
function profilesOf(values: Table): Table[] {
  const profiles = valueAt(values, ['profiles']);
  return Array.isArray(profiles) ? (profiles as JsonLike[]).filter(isTable) : [];
}

function backupsOf(profile: Table, path: Path): { path: Path; name: unknown }[] {
  const backups = profile['backup_providers'];
  const models = profile['backup_models'];
  return [
    ...(Array.isArray(backups) ? backups : []).map((name, index) => ({
      path: [...path, 'backup_providers', index],
      name,
    })),
    ...Object.keys(isTable(models) ? models : {}).map((name) => ({ path: [...path, 'backup_models', name], name })),
  ];
}

/** The names of the profiles in values that may not have been checked yet. */
export function profileNamesOf(values: Table): Set<string> {
  const names = profilesOf(values).map((profile) => profile['name']);
  return new Set(names.filter((name) => typeof name === 'string'));
}

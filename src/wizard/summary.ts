import { alignColumns } from '../terminal/index.ts';
import { SLOTS, type ProfileAnswers } from './answers.ts';
import { bindDraft } from './draft.ts';
import type { Wizard } from './wizard.ts';

/** A profile as it is going to be, one line per setting, without its key. */
export function summaryOf(answers: ProfileAnswers, file: string, wizard: Wizard): readonly string[] {
  const { provider, protocol, baseUrl, models } = bindDraft(answers, wizard);
  const slots = SLOTS.map((slot) => models[slot] ?? models.default);
  const rows = [
    ['name', answers.name],
    ['provider', answers.provider === undefined ? protocol.title : provider.title],
    ...(baseUrl === undefined ? [] : [['address', baseUrl]]),
    ...Object.entries(answers.options ?? {}),
    ['key', keyWords(answers)],
    ['model', models.default],
    ...(slots.every((slot) => slot === models.default) ? [] : [['slots', slots.join(', ')]]),
    ...(answers.backups.length === 0 ? [] : [['backups', answers.backups.join(', ')]]),
    ['file', file],
  ];
  return alignColumns(rows).map((line) => `  ${line}`);
}

/** Where the key is, in words. */
export function keyWords({ key }: ProfileAnswers): string {
  switch (key.from) {
    case 'variable':
      return `from ${key.variable}`;
    case 'entry':
    case 'keyring':
      return 'stored apart from the configuration';
    case 'file':
      return 'in the file, in clear text';
    default:
      return 'none';
  }
}

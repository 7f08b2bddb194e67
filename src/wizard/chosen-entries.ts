import { canAsk, confirm } from '../terminal/index.ts';

/** Those of the unused entries of the secret store that the user wants deleted; none where nobody can be asked. */
export async function chosenEntries(entries: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of canAsk() ? entries : []) {
    const question = `Delete the key "${entry}" from the keyring?`;
    if (await confirm({ question, remedy: 'Run the command with --yes.' })) found.push(entry);
  }
  return found;
}

import { chmod } from 'node:fs/promises';
import { failure } from '../../errors/index.ts';
import { findProjectFile, namedFile, requireFile } from '../discover.ts';
import type { ConfigurationSources } from '../layers.ts';
import { Problems } from '../problem.ts';
import { readText } from '../read-text.ts';
import { secretsIn } from '../secrets.ts';
import { isTrustedText, recordTrust } from '../trust.ts';
import { createGlobalFile } from './create-global-file.ts';
import { parsedText } from './edit-configuration.ts';
import { globalFile, type Owner, type OwnerChoice } from './owner.ts';
import { readSoFar } from './read-rest.ts';
import { runEditor } from './run-editor.ts';
import { targetOf } from './write-file.ts';

/** The file to open: the one asked for or named, else the project's, else the global one, which is made when there is none. */
export async function fileToEdit(sources: ConfigurationSources, root: string, choice: OwnerChoice): Promise<Owner> {
  const named = choice === undefined ? namedFile(sources) : undefined;
  if (named !== undefined) {
    await requireFile(named);
    return { file: named.file, origin: 'file' };
  }
  const project = choice === 'global' ? undefined : await findProjectFile(sources.workingFolder);
  if (project !== undefined) return { file: project, origin: 'project' };
  if (choice === 'local') {
    throw failure('project-file-not-found', 'there is no project file here', '"claudex config init" makes one.');
  }
  const owner = await globalFile(sources);
  const made = await createGlobalFile(sources.configFolder, root);
  if (made?.problem !== undefined) throw failure('config-not-written', made.problem);
  return owner;
}

/**
 * Lets the user edit a file. Afterwards it is closed to others where it has to be, and a project file that was trusted is
 * trusted as it is now: whoever opened it wrote it. Returns whether it changed and what is wrong with the configuration.
 */
export async function editByHand(
  { file, origin }: Owner,
  sources: ConfigurationSources,
  editor: { readonly words: readonly string[]; readonly keepsOutput: boolean },
): Promise<{ readonly changed: boolean; readonly problems: Problems }> {
  const target = await targetOf(file);
  const before = await textOf(file);
  const wasTrusted =
    origin === 'project' && before !== undefined && (await isTrustedText(sources.stateFolder, file, before));
  await runEditor(editor.words, target.file, editor.keepsOutput);
  const after = await textOf(file);
  const problems = new Problems();
  await readSoFar(sources, problems);
  if (after === undefined || after === before) return { changed: after !== before, problems };
  if (origin === 'global' || (await mayHoldSecrets(file, after))) await chmod(target.file, 0o600);
  if (wasTrusted) await recordTrust(sources.stateFolder, file, after);
  // Only with the trust that it keeps all of it is looked at.
  const whole = new Problems();
  await readSoFar(sources, whole);
  return { changed: true, problems: whole };
}

async function textOf(file: string): Promise<string | undefined> {
  const read = await readText(file);
  return 'text' in read ? read.text : undefined;
}

/** Of a broken file nobody knows. */
async function mayHoldSecrets(file: string, text: string): Promise<boolean> {
  try {
    return secretsIn((await parsedText(file, text)).values).length > 0;
  } catch {
    return true;
  }
}

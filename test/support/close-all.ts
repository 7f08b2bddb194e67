/** Closes each in turn, also after one could not be closed, and throws the first such error at the end. */
export async function closeAll(...closable: readonly { close(): Promise<void> }[]): Promise<void> {
  const failures: unknown[] = [];
  for (const each of closable) await each.close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

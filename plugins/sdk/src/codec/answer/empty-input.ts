/** Whether the arguments of a call say nothing: there are none, or the `null` that some servers send for none. */
export function isEmptyInput(json: string): boolean {
  const text = json.trim();
  return text === '' || text === 'null';
}

/** Whether arguments of which more may come can still turn out to say nothing. */
export function mayBeEmptyInput(json: string): boolean {
  return 'null'.startsWith(json.trim());
}

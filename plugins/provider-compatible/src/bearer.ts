/** The credential as a Bearer token, for vendors that take it so in every protocol. */
export function bearer(credential: string): { [header: string]: string } {
  return { authorization: `Bearer ${credential}` };
}

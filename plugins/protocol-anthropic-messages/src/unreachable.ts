/** The end of a switch that covers everything: it fails to compile when a case is missing, and throws when types lied. */
export function unreachable(value: never): never {
  throw new TypeError(`Not a value of the contract: ${JSON.stringify(value)}`);
}

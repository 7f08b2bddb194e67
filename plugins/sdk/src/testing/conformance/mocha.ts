/* The test runner brings these as globals; nothing of it is imported, so that this package depends on nothing. */
declare const describe: (title: string, define: () => void) => void;
declare const it: (title: string, run?: () => void) => void;

/** Opens a group of tests. */
export function describeGroup(title: string, define: () => void): void {
  describe(title, define);
}

/** Defines a test that passes when `run` returns. */
export function itPasses(title: string, run: () => void): void {
  it(title, run);
}

/** Defines a test that the report shows as pending. */
export function itIsPending(title: string): void {
  it(title);
}

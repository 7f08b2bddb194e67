/** The client that these tests drive. `npm run test:e2e` fetches the pinned version and names it here. */
export function claudeBinary(): string {
  const binary = process.env['CLAUDE_BINARY'];
  if (binary === undefined || binary === '') {
    throw new Error('CLAUDE_BINARY does not name the client: start these tests by "npm run test:e2e"');
  }
  return binary;
}

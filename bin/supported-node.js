/**
 * Checks a Node version against `engines.node` of package.json (a test keeps the two equal).
 * @param {string} version e.g. `24.21.0`
 * @returns {string | undefined} one line saying what is needed and how to get it, or undefined when all is well
 */
export function supportedNode(version) {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const fits =
    major >= 26 || (major === 24 && minor >= 15) || (major === 22 && (minor > 22 || (minor === 22 && patch >= 2)));
  if (fits) return undefined;
  return `claudex needs Node ^22.22.2, ^24.15.0 or >=26, but this is Node ${version}: install the current release from https://nodejs.org or run "npm install --global node@24".`;
}

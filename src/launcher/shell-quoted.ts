/** A command for the user to copy, in the quotes of a POSIX shell, or of those of Windows. */
export function shellLine(words: readonly string[], platform: NodeJS.Platform = 'linux'): string {
  return words.map((word) => shellQuoted(word, platform)).join(' ');
}

/** One word of such a command. */
export function shellQuoted(word: string, platform: NodeJS.Platform = 'linux'): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return platform === 'win32' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", "'\\''")}'`;
}

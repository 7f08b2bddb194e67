const BEAT_MS = 10_000;

/**
 * Does one step of several and tells about it on stderr: when it begins, every ten seconds, and when it is done.
 * @template T
 * @param {string} title e.g. `[1/3] Installing packages`
 * @param {() => Promise<T>} work
 * @param {(line: string) => void} [tell]
 * @returns {Promise<T>}
 */
export async function step(title, work, tell = tellOnStderr) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  tell(`${title} …`);
  const beat = setInterval(() => tell(`${title} … still at it (${seconds()})`), BEAT_MS);
  try {
    const result = await work();
    tell(`${title}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(beat);
  }
}

/** @param {string} line */
export function tellOnStderr(line) {
  process.stderr.write(`${line}\n`);
}

/** Words that mark a name as one of a secret, wherever they stand in it. */
const TELLING = /secret|password|passwd|passphrase|credential|cookie|session|signature|authori[sz]ation|authentication/;
/** The same for words at the end of a word, as in `apikey`. */
const TELLING_END = /(?:key|keys|token|auth)$/;
const TELLING_WORDS: ReadonlySet<string> = new Set(['pass', 'pat', 'sig', 'jwt', 'bearer']);

/** A name that ends so is about a secret and holds none: `api_key_env` names a variable, `auth_type` a way. */
const ABOUT: ReadonlySet<string> = new Set(['env', 'variable', 'variables', 'keyring', 'type', 'provider']);
/** A session is held by a secret; several of them are counted or listed. */
const LISTED = 'sessions';
/** With these beside them, tokens are counted: `max_output_tokens`. */
const COUNTING =
  /^(?:max|min|context|input|output|prompt|completion|thinking|reasoning|cached|total|threshold|budget|limit|count|number)$/;

/** Whether a key, a header, a parameter or a variable of this name usually holds a secret. */
export function namesSecret(name: string): boolean {
  const words = wordsOf(name);
  if (ABOUT.has(words.at(-1) ?? '')) return false;
  if (words.includes('tokens')) return !words.some((word) => COUNTING.test(word));
  return words.some((word) => {
    if (word === 'oauth' || word === LISTED) return false;
    // Alone it is the folder that every shell exports.
    if (word === 'pwd') return words.length > 1;
    return TELLING_WORDS.has(word) || TELLING.test(word) || TELLING_END.test(word);
  });
}

/** `OPENAI_API_KEY2` and `openaiApiKey` are the same three words. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}

/** Base64 without padding, in the alphabet of RFC 4648 §4. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/=+$/, '');
}

/**
 * What a text always looks like inside a longer text that was encoded in base64, by how many bytes stand before it in its
 * group of three. Characters at the edges that mix its bits with those of its neighbours are left out.
 */
function insideBase64(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const mixedAtStart = before === 0 ? 0 : before + 1;
    return base64(padded).slice(mixedAtStart, Math.floor((padded.length * 8) / 6));
  });
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As in an address: by the letter of the standard, and with the few characters that encoders treat differently. */
function inAddress(text: string): string[] {
  const encoded = encodeURIComponent(text);
  const strict = encoded.replaceAll(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const asForm = strict.replaceAll('%7E', '~').replaceAll('%2A', '*').replaceAll('%20', '+');
  const spellings = [encoded, strict, asForm, encodeURI(text)];
  return [...spellings, ...spellings.map(withSmallHex)];
}

function withSmallHex(text: string): string {
  return text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

/** Every spelling under which a secret might turn up in a line: plain, escaped in JSON once or twice, in addresses, in base64. */
export function formsOf(secret: string): string[] {
  const text = secret.toWellFormed();
  const cores = insideBase64(new TextEncoder().encode(text));
  const urlSafe = cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  const plain = [secret, text, inJson(text), inJson(text).replaceAll('/', '\\/'), inJson(inJson(text))];
  const escapedCores = cores.flatMap((core) => [encodeURIComponent(core), core.replaceAll('/', '\\/')]);
  return [...new Set([...plain, ...inAddress(text), ...cores, ...urlSafe, ...escapedCores])];
}

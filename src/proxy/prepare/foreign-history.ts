const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Starts of values and names that occur in what other providers wrote: envelopes of state, server tools, citations. */
const SIGNS = ['"claudex.', '"server_tool_use"', '"encrypted_index"'];

/**
 * Whether a list of messages may hold blocks of another provider, judged by its bytes. A large body is searched in a
 * few milliseconds, and nearly all are clean. `signed`: reasoning without a signature counts as foreign, too.
 */
export function mayHoldForeignBlocks(messages: Buffer, signed: boolean): boolean {
  if (SIGNS.some((sign) => occurrences(messages, sign).next().done !== true)) return true;
  return signed && mayHoldUnsignedReasoning(messages);
}

/** Clients write an empty signature where there was none, or leave it out. */
function mayHoldUnsignedReasoning(messages: Buffer): boolean {
  let signatures = 0;
  for (const at of occurrences(messages, '"signature"')) {
    const value = afterColon(messages, at + '"signature"'.length);
    if (messages[value] === QUOTE && messages[value + 1] === QUOTE) return true;
    signatures += 1;
  }
  let blocks = 0;
  for (const at of occurrences(messages, '"thinking"')) if (isValue(messages, at)) blocks += 1;
  return blocks > signatures;
}

/** Where a quoted text begins in JSON; the same characters inside a longer string have a backslash before the quote. */
function* occurrences(json: Buffer, quoted: string): Generator<number> {
  for (let at = json.indexOf(quoted); at >= 0; at = json.indexOf(quoted, at + quoted.length)) {
    if (json[at - 1] !== BACKSLASH) yield at;
  }
}

function isValue(json: Buffer, at: number): boolean {
  let before = at - 1;
  while (isSpace(json[before])) before -= 1;
  return json[before] === COLON;
}

function afterColon(json: Buffer, from: number): number {
  let at = from;
  while (isSpace(json[at]) || json[at] === COLON) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

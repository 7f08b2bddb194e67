/** Steps through a TOML text that a parser accepted: it knows where strings, comments and keys end. */
export class TomlScanner {
  at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** The character at the current place, or `ahead` of it; empty behind the end. */
  peek(ahead: number = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  /** The text between an offset and the current place. */
  since(offset: number): string {
    return this.text.slice(offset, this.at);
  }

  /** Reads a dotted key and stops at the character behind it. */
  keys(end: ']' | '='): string[] {
    const keys: string[] = [];
    for (this.skipBlanks(); !this.ended && this.peek() !== end; this.skipBlanks()) {
      if (this.peek() === '.') this.at += 1;
      else keys.push(this.key());
    }
    return keys;
  }

  skipString(): void {
    const quote = this.peek();
    const triple = quote.repeat(3);
    const end = this.text.startsWith(triple, this.at) ? triple : quote;
    this.at += end.length;
    while (!this.ended && !this.text.startsWith(end, this.at)) {
      this.at += quote === '"' && this.peek() === '\\' ? 2 : 1;
    }
    this.at += end.length;
    // Up to two quotes directly before the closing three belong to the string.
    if (end.length === 3) this.skipWhile(quote === '"' ? /"/ : /'/);
  }

  /** Skips a number, a date or a word. */
  skipBareValue(): void {
    this.skipWhile(/[^,\]}#\r\n]/);
  }

  /** Skips white space, line ends and comments. */
  skipTrivia(): void {
    this.skipWhile(/\s/);
    while (this.peek() === '#') {
      this.skipWhile(/[^\n]/);
      this.skipWhile(/\s/);
    }
  }

  skipBlanks(): void {
    this.skipWhile(/[ \t]/);
  }

  private key(): string {
    const start = this.at;
    const quote = this.peek();
    if (quote === '"' || quote === "'") {
      this.skipString();
      const inner = this.text.slice(start + 1, this.at - 1);
      return quote === '"' ? unescape(inner) : inner;
    }
    this.skipWhile(/[A-Za-z0-9_-]/);
    // A character no key can have: the text was not valid after all. Going on beats going round for ever.
    if (this.at === start) this.at += 1;
    return this.text.slice(start, this.at);
  }

  private skipWhile(pattern: RegExp): void {
    while (!this.ended && pattern.test(this.peek())) this.at += 1;
  }
}

function unescape(inner: string): string {
  return inner.replaceAll(ESCAPE, (whole: string, hexadecimal: string | undefined, simple: string | undefined) => {
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal.slice(1), 16));
    return SIMPLE_ESCAPES[simple ?? ''] ?? whole;
  });
}

const ESCAPE = /\\(?:(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2})|(.))/g;

const SIMPLE_ESCAPES: { readonly [letter: string]: string } = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u{1b}',
  '"': '"',
  '\\': '\\',
};

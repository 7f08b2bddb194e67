/** What a character did: the value goes on, it is complete with this character, or it is not JSON. */
export type ScanStep = 'more' | 'done' | 'bad';

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const SPACE = /[ \t\r\n]/;
const SCALAR = /[-+.0-9A-Za-z]/;

/**
 * Finds the end of a JSON object or list while it arrives, and notices soon when it is none. Numbers and words are
 * only looked at roughly: whoever has the whole value parses it.
 */
export class JsonScanner {
  /** The brackets that are open, outermost first. */
  readonly #open: ('{' | '[')[] = [];
  #expected: Expected = 'value';
  #inside: 'none' | 'string' | 'escape' | 'scalar' = 'none';
  #isKey = false;

  /** Takes the next UTF-16 unit of the value, which starts with a bracket. */
  read(unit: string): ScanStep {
    if (this.#inside === 'escape') this.#inside = 'string';
    else if (this.#inside === 'string') this.#readString(unit);
    else if (this.#inside === 'scalar' && SCALAR.test(unit)) return 'more';
    else {
      if (this.#inside === 'scalar') this.#endValue();
      return this.#readToken(unit);
    }
    return 'more';
  }

  #readString(unit: string): void {
    if (unit === '\\') this.#inside = 'escape';
    if (unit !== '"') return;
    if (this.#isKey) {
      this.#inside = 'none';
      this.#expected = 'colon';
    } else this.#endValue();
  }

  #endValue(): void {
    this.#inside = 'none';
    this.#expected = 'comma-or-end';
  }

  #readToken(unit: string): ScanStep {
    if (SPACE.test(unit)) return 'more';
    switch (unit) {
      case '{':
      case '[':
        return this.#openBracket(unit);
      case '}':
      case ']':
        return this.#closeBracket(unit === '}' ? '{' : '[');
      case ',':
        if (this.#expected !== 'comma-or-end') return 'bad';
        this.#expected = this.#open.at(-1) === '{' ? 'key' : 'value';
        return 'more';
      case ':':
        if (this.#expected !== 'colon') return 'bad';
        this.#expected = 'value';
        return 'more';
      default:
        return this.#startScalar(unit);
    }
  }

  #openBracket(unit: '{' | '['): ScanStep {
    if (!this.#takesValue()) return 'bad';
    this.#open.push(unit);
    this.#expected = unit === '{' ? 'key-or-end' : 'value-or-end';
    return 'more';
  }

  #closeBracket(opening: '{' | '['): ScanStep {
    const canEnd =
      this.#expected === 'comma-or-end' || this.#expected === 'key-or-end' || this.#expected === 'value-or-end';
    if (!canEnd || this.#open.pop() !== opening) return 'bad';
    this.#endValue();
    return this.#open.length === 0 ? 'done' : 'more';
  }

  #startScalar(unit: string): ScanStep {
    this.#isKey = this.#expected === 'key' || this.#expected === 'key-or-end';
    if (this.#open.length === 0 || !(this.#isKey || this.#takesValue())) return 'bad';
    if (unit === '"') this.#inside = 'string';
    else if (!this.#isKey && SCALAR.test(unit)) this.#inside = 'scalar';
    else return 'bad';
    return 'more';
  }

  #takesValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'value-or-end';
  }
}

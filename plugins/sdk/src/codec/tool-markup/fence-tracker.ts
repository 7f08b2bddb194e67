/** Follows text that passes by and knows whether it is inside a fenced code block of Markdown. */
export class FenceTracker {
  #place: 'indent' | 'ticks' | 'rest' = 'indent';
  /** Backticks at the beginning of this line. */
  #ticks = 0;
  /** Backticks that opened the block; 0 outside of one. */
  #open = 0;
  /** Whether this line opened the block, and whether it closes the block unless something else stands on it. */
  #opens = false;
  #closes = false;

  /** Whether the text so far ends inside a fence. The lines of the fence itself count as inside. */
  get isInside(): boolean {
    return this.#open > 0;
  }

  /** Takes the next text. */
  read(text: string): void {
    for (let place = 0; place < text.length; place += 1) this.#readUnit(text.charAt(place));
  }

  #readUnit(unit: string): void {
    if (this.#place === 'ticks' && unit !== '`') {
      this.#place = 'rest';
      this.#closes = !this.#opens && this.#open > 0 && this.#ticks >= this.#open;
    }
    if (unit === '\n') this.#endLine();
    else if (unit === '`') this.#readTick();
    else if (unit !== ' ' && unit !== '\t' && unit !== '\r') {
      this.#place = 'rest';
      this.#closes = false;
    }
  }

  #readTick(): void {
    if (this.#place === 'rest') {
      // Backticks after backticks in one line are code inside a sentence.
      if (this.#opens) this.#open = 0;
      this.#opens = false;
      this.#closes = false;
      return;
    }
    this.#place = 'ticks';
    this.#ticks += 1;
    if (this.#ticks < 3 || (this.#open > 0 && !this.#opens)) return;
    this.#opens = true;
    this.#open = this.#ticks;
  }

  #endLine(): void {
    if (this.#closes) this.#open = 0;
    this.#place = 'indent';
    this.#ticks = 0;
    this.#opens = false;
    this.#closes = false;
  }
}

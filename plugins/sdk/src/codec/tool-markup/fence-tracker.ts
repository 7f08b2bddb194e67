import { CodeSpanTracker } from './code-span-tracker.ts';

/** The characters that fences are made of. */
type FenceUnit = '`' | '~';

/** The fence of the code block that is open. */
interface Fence {
  readonly unit: FenceUnit;
  /** How many of it opened the block; no fewer close it. */
  readonly length: number;
  /** Whether the block stands in a quotation, and ends with it. */
  readonly isQuoted: boolean;
}

/**
 * Where a line has got to: in front of its text, in what may be the marker of a list item, in a run of fence
 * characters at its beginning, behind that run, or in other text.
 */
type Place = 'start' | 'marker' | 'run' | 'behind' | 'text';

/**
 * Follows text that passes by and knows whether it is code in Markdown: in a fenced block, also inside quotations and
 * list items, or between backticks in a sentence.
 */
export class FenceTracker {
  readonly #span = new CodeSpanTracker();
  #fence: Fence | undefined;
  /** Whether the line being read opened the block. */
  #opensHere = false;
  #place: Place = 'start';
  #isQuoted = false;
  #marker = '';
  #runUnit: FenceUnit = '`';
  #runLength = 0;

  /** Whether text that follows now would be code. The lines of the fences themselves count as code. */
  get isInside(): boolean {
    if (this.#fence === undefined) return this.#span.isInside;
    // A quotation ends with the first line that has no mark in front.
    const hasLeftQuotation = this.#fence.isQuoted && this.#place === 'start' && !this.#isQuoted;
    return !hasLeftQuotation;
  }

  /** Takes the next text. */
  read(text: string): void {
    for (let place = 0; place < text.length; place += 1) {
      const unit = text.charAt(place);
      if (unit === '\n') this.#endLine();
      else this.#readUnit(unit);
    }
  }

  #readUnit(unit: string): void {
    if (this.#place === 'start' || this.#place === 'marker') this.#readStart(unit);
    else if (this.#place === 'run' && unit === this.#runUnit) this.#readRun();
    else this.#readRest(unit);
    if (this.#fence === undefined) this.#span.read(unit);
  }

  /** White space, marks of quotations and markers of list items may stand in front of a fence. */
  #readStart(unit: string): void {
    if (isSpace(unit)) {
      if (this.#place === 'marker') this.#place = isListMarker(this.#marker) ? 'start' : 'text';
      this.#marker = '';
      return;
    }
    if (unit === '>' && this.#place === 'start') {
      this.#isQuoted = true;
      return;
    }
    if (this.#fence?.isQuoted === true && !this.#isQuoted) this.#fence = undefined;
    if ((unit === '`' || unit === '~') && this.#place === 'start') {
      this.#place = 'run';
      this.#runUnit = unit;
      this.#readRun();
    } else if (this.#fence === undefined && canBeMarker(this.#marker + unit)) {
      this.#place = 'marker';
      this.#marker += unit;
    } else this.#place = 'text';
  }

  #readRun(): void {
    this.#runLength += 1;
    if (this.#runLength < 3 || (this.#fence !== undefined && !this.#opensHere)) return;
    this.#opensHere = true;
    this.#fence = { unit: this.#runUnit, length: this.#runLength, isQuoted: this.#isQuoted };
  }

  #readRest(unit: string): void {
    if (this.#place === 'run') this.#place = 'behind';
    if (this.#opensHere && this.#runUnit === '`' && unit === '`') {
      // Backticks after backticks in one line are code inside a sentence.
      this.#fence = undefined;
      this.#opensHere = false;
      this.#span.open(this.#runLength);
    }
    if (!isSpace(unit)) this.#place = 'text';
  }

  #endLine(): void {
    if (this.#closesFence()) this.#fence = undefined;
    this.#span.endLine();
    this.#opensHere = false;
    this.#place = 'start';
    this.#isQuoted = false;
    this.#marker = '';
    this.#runLength = 0;
  }

  #closesFence(): boolean {
    if (this.#fence === undefined || this.#opensHere) return false;
    if (this.#place !== 'run' && this.#place !== 'behind') return false;
    return this.#runUnit === this.#fence.unit && this.#runLength >= this.#fence.length;
  }
}

function isSpace(unit: string): boolean {
  return unit === ' ' || unit === '\t' || unit === '\r';
}

/** The marker of a list item, as in `- ` and `12. `. */
function isListMarker(text: string): boolean {
  return /^(?:[-*+]|\d{1,9}[.)])$/.test(text);
}

function canBeMarker(text: string): boolean {
  return /^(?:[-*+]|\d{1,9}[.)]?)$/.test(text);
}

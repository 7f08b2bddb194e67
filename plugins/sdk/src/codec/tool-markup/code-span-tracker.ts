/**
 * Follows one line of text and knows whether it is code between backticks: as many of them as opened it close it. An
 * opening that is not closed ends with its line, so that a stray backtick does not hide what comes later.
 */
export class CodeSpanTracker {
  /** Backticks that opened the code; 0 outside of it. */
  #open = 0;
  /** Backticks that came last. */
  #run = 0;

  /** Whether text that follows now would be code. */
  get isInside(): boolean {
    return this.#afterRun() > 0;
  }

  /** Takes the next UTF-16 unit of the line. */
  read(unit: string): void {
    if (unit === '`') {
      this.#run += 1;
      return;
    }
    this.#open = this.#afterRun();
    this.#run = 0;
  }

  /** Code was opened by so many backticks. */
  open(backticks: number): void {
    this.#open = backticks;
    this.#run = 0;
  }

  /** The line has ended. */
  endLine(): void {
    this.#open = 0;
    this.#run = 0;
  }

  /** What is open once the run of backticks has ended. */
  #afterRun(): number {
    if (this.#run === 0) return this.#open;
    if (this.#open === 0) return this.#run;
    return this.#run === this.#open ? 0 : this.#open;
  }
}

/**
 * Loaded before a program: sets its wall clock wrong. `SKEWED_CLOCK_MS` holds two differences in milliseconds, and the
 * clock jumps from one to the other every 300 ms.
 */
const TrueDate = Date;
const [first = 0, second = 0] = (process.env.SKEWED_CLOCK_MS ?? '').split(',').map(Number);

function now() {
  const real = TrueDate.now();
  return real + (Math.floor(real / 300) % 2 === 0 ? first : second);
}

globalThis.Date = class Date extends TrueDate {
  /** @param {any[]} values */
  constructor(...values) {
    if (values.length === 0) super(now());
    else super(.../** @type {[number]} */ (values));
  }

  static now() {
    return now();
  }
};

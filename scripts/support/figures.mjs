const COUNT = new Intl.NumberFormat('en');
const DOLLARS = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

/** @param {number | undefined} count tokens, in full; `–` is unknown */
export function tokens(count) {
  return count === undefined ? '–' : COUNT.format(count);
}

/** @param {import('@claudex/sdk').ModelPrice | undefined} price input, output and input out of a cache */
export function dollars(price) {
  if (price === undefined) return '–';
  const cache = price.cacheRead === undefined ? '–' : DOLLARS.format(price.cacheRead);
  const usual = `${DOLLARS.format(price.input)} / ${DOLLARS.format(price.output)} / ${cache}`;
  if (price.long === undefined) return usual;
  const { above, input = price.input, output = price.output } = price.long;
  return `${usual}; above ${COUNT.format(above)}: ${DOLLARS.format(input)} / ${DOLLARS.format(output)}`;
}

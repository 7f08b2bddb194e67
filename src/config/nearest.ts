/** The candidate most like a misspelt word, or undefined when none is near enough to be what was meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 4)) + 1;
  for (const candidate of candidates) {
    const distance = distanceBetween(wanted, fold(candidate));
    if (distance < bestDistance && distance < candidate.length - 1) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** The end of a sentence that proposes a word. */
export function didYouMean(candidate: string | undefined): string {
  return candidate === undefined ? '' : `, did you mean "${candidate}"?`;
}

function fold(word: string): string {
  return word.slice(0, 80).toLowerCase().replaceAll('-', '_');
}

/** Single edits (a swap of neighbours counts as one) that turn one word into the other. */
function distanceBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

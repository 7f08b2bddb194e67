/** Models that came before Gemini 3. Names that say nothing are taken for current models. */
const EARLIER = /(?:^|\/)(?:gemini-[12](?:\.|-|$)|gemini-(?:pro|flash)(?:-vision)?$|gemma)/i;

/**
 * Whether a model is one of Gemini 3 or later: those take ids of calls, files inside results, search beside functions,
 * a level of reasoning instead of a budget, and want their signatures back.
 */
export function isModern(model: string): boolean {
  return !EARLIER.test(model);
}

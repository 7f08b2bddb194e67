import { tokenCount } from '../config/index.ts';
import { knowModel, type BoundProfile } from '../router/index.ts';
import { NEEDED_WINDOW, RECOMMENDED_WINDOW } from './needed-window.ts';

/**
 * What the user should know before a session with a model of a local server begins: that its window is too small or not
 * known yet, that it cannot call tools. One line each; none for other providers.
 */
export function localAdvice(bound: BoundProfile, model: string): string[] {
  const { provider, profile } = bound;
  const { localServer: server, title } = provider;
  const { facts } = knowModel(bound, model);
  if (!server || !facts) return [];
  const { contextWindow: window, loaded, tools } = facts;
  const cut = server.truncates === true ? ', and cuts longer prompts without a word' : '';
  const remedy = `It is given more by "${server.widen}".`;
  const lines: string[] = [];
  if (window !== undefined && window < RECOMMENDED_WINDOW) {
    lines.push(`${title} gives ${model} a window of ${tokenCount(window)} tokens${cut}. ${NEEDED_WINDOW}. ${remedy}`);
  } else if (loaded === false && profile.context_window === undefined) {
    lines.push(
      `${title} has not loaded ${model} yet, so that its window is not known for certain${cut}. ${NEEDED_WINDOW}. ${remedy}`,
    );
  }
  if (tools === false) {
    lines.push(`${title} says that ${model} cannot call tools: Claude Code can neither read nor change files with it.`);
  }
  return lines;
}

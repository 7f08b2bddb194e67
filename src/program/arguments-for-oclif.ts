import { guardClaudeArguments } from '../launcher/index.ts';
import { flagsBehindCommand } from './flags-behind-command.ts';

/** What oclif gets to see of a command line. */
export function argumentsForOclif(given: readonly string[]): string[] {
  if (asksForOverview(given)) return ['overview', ...given];
  const ordered = flagsBehindCommand(given);
  // oclif takes `--help` out of the arguments wherever it stands; behind `run PROFILE` it belongs to claude.
  return ordered[0] === 'run' ? guardClaudeArguments(ordered) : ordered;
}

/** `claudex` alone, or with nothing but flags that every command has, shows an overview. */
function asksForOverview(given: readonly string[]): boolean {
  return given.every((word, index) => /^--(?:json|config(?:=.*)?)$/s.test(word) || given[index - 1] === '--config');
}

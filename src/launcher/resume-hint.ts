import { argumentsToResume } from './client-arguments.ts';
import { shellLine } from './shell-quoted.ts';
import type { RunArguments } from './split-arguments.ts';

/** The command that goes on with a conversation of this launch, in one line for the user. */
export function resumeHint(
  { profile = '', model, configFile, claudeArguments }: RunArguments,
  conversation: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const command = [
    'claudex',
    'run',
    profile,
    ...(model === undefined ? [] : ['-m', model]),
    ...(configFile === undefined ? [] : ['--config', configFile]),
    ...argumentsToResume(claudeArguments, conversation),
  ];
  return `Resume with: ${shellLine(command, platform)}`;
}

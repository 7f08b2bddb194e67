import { setUp } from './setup.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { runAsProgram } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

/**
 * The steps of `npm test` in order: the package, its arguments and, where it differs, the program.
 * @param {readonly string[]} mochaArguments what follows `npm test --`
 */
export function stepsFor(mochaArguments) {
  return [
    { title: 'Format', name: 'oxfmt', args: ['--check'] },
    { title: 'Lint', name: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
    { title: 'Types of the tests', name: 'typescript', program: 'tsc', args: ['-p', 'tsconfig.test.json'] },
    { title: 'Unused code', name: 'knip', args: [] },
    unitStep(mochaArguments),
  ];
}

function unitStep(mochaArguments) {
  if (mochaArguments.length === 0) return { title: 'Unit tests', name: 'c8', args: ['mocha'] };
  // A part of the tests covers a part of the code, so only all of them are held to the threshold. Mocha would add
  // files named here to those of its configuration, so that is left out when there are any.
  const namesFiles = mochaArguments.some((argument) => argument.endsWith('.ts'));
  const instead = namesFiles ? ['--no-config', '--timeout', '20000'] : [];
  return { title: 'Some unit tests', name: 'mocha', args: [...instead, ...mochaArguments] };
}

/** Sets up, builds, and runs everything but the real client. Stops at the first step that fails, with its code. */
await runAsProgram(import.meta.url, async () => {
  const { node } = await setUp();
  for (const { title, name, args, program } of stepsFor(process.argv.slice(2))) {
    tellOnStderr(`\n— ${title}`);
    const { code } = await runTool(node, name, args, { program });
    if (code === 0) continue;
    tellOnStderr(`\n${title}: failed with exit code ${code}`);
    return code;
  }
  return 0;
});

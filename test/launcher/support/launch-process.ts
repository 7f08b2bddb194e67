// Run as a process: launches a Node script (its text is the argument) the way `claudex run` launches claude.
import { launch } from '../../../src/launcher/launch.ts';

const [script = ''] = process.argv.slice(2);
process.exitCode = await launch({
  executable: process.execPath,
  arguments: ['--eval', script],
  environment: process.env,
});

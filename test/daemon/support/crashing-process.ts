// Writes a line to the log as the process that serves does, and dies of an error that nobody caught.
import { recordCrashes } from '../../../src/daemon/log/record-crashes.ts';
import { servingLog } from '../../../src/daemon/log/serving-log.ts';
import { createScrubber } from '../../../src/errors/index.ts';

const [stateFolder = '', secret = ''] = process.argv.slice(2);
const scrubber = createScrubber();
scrubber.know(secret);
const log = servingLog(stateFolder, (line) => process.stderr.write(`shown: ${line}\n`));
recordCrashes(log, (text) => scrubber.scrub(text));
log.write('a line');
setTimeout(() => {
  throw new Error(`it holds ${secret}`);
}, 50);

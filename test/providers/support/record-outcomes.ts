import { appendFileSync } from 'node:fs';
import type { Context } from 'mocha';

/** Where each outcome is written, one line of JSON; the script that starts the tests makes the table of them. */
const FILE = process.env['CLAUDEX_PROVIDER_OUTCOMES'];

/** Writes down how each test ended. Processes of one run write whole lines, so that they can share the file. */
export const mochaHooks = {
  afterEach(this: Context): void {
    const { currentTest } = this;
    if (FILE === undefined || currentTest === undefined) return;
    const { title, parent, state } = currentTest;
    appendFileSync(FILE, `${JSON.stringify({ column: parent?.title ?? '', title, works: state === 'passed' })}\n`);
  },
};

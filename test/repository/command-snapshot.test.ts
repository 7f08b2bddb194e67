import { expect } from 'chai';
import { join } from 'node:path';
import { runProcess } from '../support/run-process.ts';
import { ROOT } from '../support/source-files.ts';

describe('command-snapshot.json', () => {
  it('has the commands and flags that there are; "npm run command-snapshot -- --write" agrees on others', async () => {
    const script = join(ROOT, 'scripts', 'command-snapshot.mjs');
    const environment = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
    const { code, stdout, stderr } = await runProcess(process.execPath, [script], { cwd: ROOT, environment });
    expect(code, `${stdout}${stderr}`).to.equal(0);
  });
});

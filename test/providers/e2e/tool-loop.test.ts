import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VENDORS } from '../../vendors/index.ts';
import { waysTo } from '../support/ways.ts';
import { LOOP_DONE, WRITTEN } from '../support/model-script.ts';
import { openVendorStage } from '../support/vendor-stage.ts';

describe('a tool loop of the real client keeps to the rules of', () => {
  for (const vendor of VENDORS) {
    for (const { title, options } of waysTo(vendor)) {
      it(title, async () => {
        const stage = await openVendorStage(vendor, options);
        try {
          expect(await stage.session('Prove that your tools work.')).to.equal(LOOP_DONE);
          expect(await readFile(join(stage.home.work, 'proof.txt'), 'utf8')).to.equal(WRITTEN);
          stage.expectNothingRefused();
        } finally {
          await stage.close();
        }
      });
    }
  }
});

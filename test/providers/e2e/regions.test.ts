import { expect } from 'chai';
import { REGIONS } from '../../vendors/regions.ts';
import { LOOP_DONE } from '../support/model-script.ts';
import { openVendorStage } from '../support/vendor-stage.ts';

describe('options of a profile lead the real client to', () => {
  for (const vendor of REGIONS) {
    it(vendor.title ?? vendor.id, async () => {
      const [model] = vendor.tried ?? [];
      const stage = await openVendorStage(vendor, model === undefined ? {} : { model });
      try {
        expect(await stage.session('Prove that your tools work.')).to.equal(LOOP_DONE);
        stage.expectNothingRefused();
      } finally {
        await stage.close();
      }
    });
  }
});

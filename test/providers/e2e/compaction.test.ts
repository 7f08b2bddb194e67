import { expect } from 'chai';
import { forgetfulModel, GOES_ON } from '../support/forgetful-model.ts';
import { FULL, overflowCases } from '../support/overflows.ts';
import { openVendorStage } from '../support/vendor-stage.ts';

describe('the real client compacts and goes on when a prompt is too long for', () => {
  for (const { title, vendor, window } of overflowCases()) {
    it(title, async () => {
      const [model] = vendor.tried ?? [];
      const script = forgetfulModel(FULL);
      const stage = await openVendorStage(vendor, {
        script,
        ...(model !== undefined && { model }),
        ...(window !== undefined && { window }),
      });
      try {
        expect(await stage.session('Count for a while.')).to.equal(GOES_ON);
        expect(stage.network.overflows).to.be.greaterThan(0);
        stage.expectNothingRefused();
      } finally {
        await stage.close();
      }
    });
  }
});

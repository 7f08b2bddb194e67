import { expect } from 'chai';
import { VENDORS } from '../../vendors/index.ts';
import { openVendorStage, PROFILE } from '../support/vendor-stage.ts';

interface Report {
  readonly profiles: readonly { readonly problem?: { readonly code: string; readonly reason: string } }[];
}

describe('a key that is wrong is named as the reason by', () => {
  for (const vendor of VENDORS.filter(({ hosts }) => hosts.length > 0)) {
    it(vendor.id, async () => {
      const stage = await openVendorStage({ ...vendor, key: `${vendor.key}-of-somebody-else` });
      try {
        const { stdout } = await stage.cli(['profile', 'test', PROFILE, '--deep', '--json']);
        const { problem } = (JSON.parse(stdout) as Report).profiles[0] ?? {};
        // Where anybody may see the list, the first question is what fails.
        if (vendor.listIsPublic) expect(problem?.reason, stdout).to.match(/status 40[013]/);
        else expect(problem?.code, stdout).to.equal('key-refused');
      } finally {
        await stage.close();
      }
    });
  }
});

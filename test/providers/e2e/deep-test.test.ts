import { expect } from 'chai';
import { VENDORS } from '../../vendors/index.ts';
import type { Vendor, VendorModel } from '../../vendors/kit/vendor.ts';
import { openVendorStage, PROFILE } from '../support/vendor-stage.ts';

interface Report {
  readonly profiles: readonly {
    readonly problem?: { readonly code: string; readonly reason: string };
    readonly checks?: readonly { readonly check: string; readonly result: string; readonly detail: string }[];
  }[];
}

const CHECKS = [
  'text',
  'streaming',
  'tools',
  'parallel-tools',
  'images',
  'reasoning',
  'structured-output',
  'count-tokens',
  'output-limit',
];

/** All of it works but what the model cannot. Where Claudex may not ask, the first check says so. */
function expectedOf(vendor: Vendor, model: VendorModel | undefined) {
  if (vendor.knownProgramsOnly)
    return CHECKS.map((check, index) => ({ check, result: index === 0 ? 'failed' : 'skipped' }));
  const missing = new Set([
    ...(model?.images === false ? ['images'] : []),
    ...(model?.reasons === false ? ['reasoning'] : []),
  ]);
  return CHECKS.map((check) => ({ check, result: missing.has(check) ? 'unsupported' : 'ok' }));
}

describe('"profile test --deep" says what works at', () => {
  for (const vendor of VENDORS) {
    it(vendor.id, async () => {
      const [model] = vendor.tried ?? [];
      const stage = await openVendorStage(vendor, model === undefined ? {} : { model });
      try {
        const { stdout, stderr } = await stage.cli(['profile', 'test', PROFILE, '--deep', '--json']);
        const [report] = (JSON.parse(stdout) as Report).profiles;
        const checks = report?.checks ?? [];
        expect(
          checks.map(({ check }) => check),
          `${stdout}\n${stderr}`,
        ).to.deep.equal(CHECKS);
        const asked = vendor.models.find(({ id }) => id === stage.network.models.at(-1));
        expect(
          checks.map(({ check, result }) => ({ check, result })),
          stdout,
        ).to.deep.equal(expectedOf(vendor, asked));
        if (!vendor.knownProgramsOnly) stage.expectNothingRefused();
      } finally {
        await stage.close();
      }
    });
  }
});

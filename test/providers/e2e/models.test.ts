import { expect } from 'chai';
import { VENDORS } from '../../vendors/index.ts';
import { openVendorStage, PROFILE } from '../support/vendor-stage.ts';

interface Listed {
  readonly profiles: readonly {
    readonly models: readonly {
      readonly id: string;
      readonly context_window: number | null;
      readonly max_output_tokens: number | null;
    }[];
  }[];
}

describe('"models" lists with their true windows those of', () => {
  for (const vendor of VENDORS) {
    it(vendor.id, async () => {
      const stage = await openVendorStage(vendor);
      try {
        const { stdout, stderr } = await stage.cli(['models', PROFILE, '--json']);
        const listed = (JSON.parse(stdout) as Listed).profiles[0]?.models ?? [];
        const sizes = new Map(listed.map((model) => [model.id, model.context_window]));
        const expected = vendor.models.map(({ id, window }) => ({ id, window }));
        expect(
          expected.map(({ id }) => ({ id, window: sizes.get(id) ?? null })),
          stderr,
        ).to.deep.equal(expected);
        stage.expectNothingRefused();
      } finally {
        await stage.close();
      }
    });
  }
});

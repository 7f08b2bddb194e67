import { openaiList } from './kit/lists.ts';
import { plainVendor } from './kit/plain-chat.ts';
import { knownModel, limitedBy } from './kit/rules/common.ts';
import * as rules from './kit/rules/responses.ts';
import type { VendorModel } from './kit/vendor.ts';
import { responsesWire } from './kit/wires.ts';

const models: readonly VendorModel[] = [{ id: 'muse-spark-1.3', window: 1_048_576, output: 131_072 }];

/** Meta. */
export const meta = plainVendor({
  id: 'meta',
  hosts: ['api.meta.ai'],
  key: 'LLM|key-of-meta|0123456789',
  models,
  list: openaiList('/v1/models', models),
  listIsBare: true,
  wires: [
    responsesWire({
      path: '/v1/responses',
      rules: [
        knownModel((model) => `Model ${model} not found`),
        limitedBy('max_output_tokens'),
        rules.efforts('minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
        rules.includesReasoning,
        rules.wantsReasoning,
      ],
    }),
  ],
});

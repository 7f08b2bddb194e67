import type { CodecContext, FittedFields, Json, Loss, Quirks } from '@claudex/sdk';
import { mergeTables } from '@claudex/sdk/codec';
import { fitEffort } from './fit-effort.ts';
import { fitThinking } from './fit-thinking.ts';
import { fitTools } from './fit-tools.ts';

/**
 * Applies the quirks `thinkingTypes`, `serverTools`, `cacheControlOnTools`, `forcedToolChoice`, `extraFields` and
 * `omitFields` to top-level fields, and fits the effort to the levels of the model. Reads no field that neither is about.
 */
export function fitFields(
  read: (name: string) => Json | undefined,
  { quirks, facts }: Pick<CodecContext, 'quirks' | 'facts'>,
): FittedFields {
  const losses: Loss[] = [];
  const changes = new Map<string, Json | undefined>();
  const { thinkingTypes: types, extraFields = {} } = quirks;
  const now = (name: string): Json | undefined => (changes.has(name) ? changes.get(name) : read(name));
  if (types !== undefined) {
    const settings = { thinking: read('thinking'), outputConfig: read('output_config'), maxTokens: read('max_tokens') };
    const thinking = fitThinking({ ...settings, facts }, types, losses);
    if (thinking !== undefined) changes.set('thinking', thinking ?? undefined);
  }
  if (facts?.reasoning?.efforts !== undefined) {
    const before = now('output_config');
    const config = fitEffort(before, facts, losses);
    if (config !== before) changes.set('output_config', config);
  }
  if (concernsTools(quirks)) {
    const before = { tools: read('tools'), toolChoice: read('tool_choice') };
    const { tools, toolChoice } = fitTools(before, quirks, losses);
    if (tools !== before.tools) changes.set('tools', tools);
    if (toolChoice !== before.toolChoice) changes.set('tool_choice', toolChoice);
  }
  for (const [name, value] of Object.entries(extraFields)) {
    const before = now(name);
    changes.set(name, before === undefined ? value : mergeTables({ [name]: before }, { [name]: value })[name]);
  }
  for (const field of quirks.omitFields ?? []) {
    const isThere = now(field) !== undefined;
    changes.set(field, undefined);
    // Those who do not take the model in the body have it in the address.
    if (isThere && field !== 'model')
      losses.push({ kind: 'dropped', path: field, feature: field, reason: 'The provider does not take this field.' });
  }
  return { changes, losses };
}

function concernsTools(quirks: Quirks): boolean {
  return quirks.serverTools === false || quirks.cacheControlOnTools === false || quirks.forcedToolChoice === false;
}

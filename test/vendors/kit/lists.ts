import type { VendorModel } from './vendor.ts';

/** A list of models at a path. */
type List = (path: string) => unknown;

/** OpenAI's list, which tells no sizes; `more` adds what a vendor tells of each. */
export function openaiList(
  at: string,
  models: readonly VendorModel[],
  more: (model: VendorModel) => object = () => ({}),
): List {
  const data = models.map((model) => ({
    id: model.id,
    object: 'model',
    created: 1_790_000_000,
    owned_by: 'vendor',
    ...more(model),
  }));
  return (path) => (path === at ? { object: 'list', data } : undefined);
}

/** Anthropic's list. */
export function anthropicList(at: string, models: readonly VendorModel[]): List {
  const data = models.map(({ id }) => ({ type: 'model', id, display_name: id, created_at: '2026-10-01T00:00:00Z' }));
  return (path) =>
    path === at ? { data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id } : undefined;
}

/** The answer to a question for the number of tokens, as Anthropic's protocol has it. */
export const COUNTED = { status: 200, body: { input_tokens: 1200 } };

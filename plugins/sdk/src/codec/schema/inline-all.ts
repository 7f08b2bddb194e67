import type { JsonObject } from '../../index.ts';
import { DEEPEST_HOLDER, plainSchema } from './common-steps.ts';
import { RefInliner, withoutDefinitions } from './inline-refs.ts';
import { mergeAll } from './merge-schemas.ts';
import type { SchemaChanges } from './schema-changes.ts';

/** Replaces every reference. One that leads back into itself ends as a plain schema of the same type. */
export function inlineAll(root: JsonObject, document: JsonObject, changes: SchemaChanges): JsonObject {
  if (withoutDefinitions(root) !== root) changes.note('', '$defs');
  const inliner = new RefInliner(
    document,
    { leave: ({ schema }, beside) => plainSchema(mergeAll([beside, schema])), deepest: DEEPEST_HOLDER },
    changes,
  );
  return inliner.inline(root, '');
}

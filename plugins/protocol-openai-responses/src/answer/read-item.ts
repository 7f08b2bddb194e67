import type { AnswerScope } from './answer-scope.ts';
import { CALL_KINDS } from './call-kinds.ts';
import { CallReader } from './call-reader.ts';
import type { ItemReader } from './item-reader.ts';
import { MessageReader } from './message-reader.ts';
import type { Outlet } from './outlet.ts';
import { ReasoningReader } from './reasoning-reader.ts';
import { UnknownReader, WHOLE_ITEMS, WholeReader } from './whole-items.ts';

/** Makes the reader for an item of this type. */
export function readItem(type: string, scope: AnswerScope, outlet: Outlet): ItemReader {
  if (type === 'message') return new MessageReader(scope, outlet);
  if (type === 'reasoning') return new ReasoningReader(scope, outlet);
  const kind = Object.hasOwn(CALL_KINDS, type) ? CALL_KINDS[type] : undefined;
  if (kind !== undefined) return new CallReader(kind, scope, outlet);
  const write = Object.hasOwn(WHOLE_ITEMS, type) ? WHOLE_ITEMS[type] : undefined;
  return write === undefined ? new UnknownReader(scope) : new WholeReader(write, scope, outlet);
}

import type { CodecContext, Json, Loss } from '@claudex/sdk';
import type { BoundProfile } from '../../router/index.ts';
import { mayHoldForeignBlocks } from './foreign-history.ts';
import { overrideEffort } from './override-effort.ts';
import type { PassedBody } from './passed-body.ts';
import { isWrittenAnew, mayHoldUnfitBlocks } from './unfit-history.ts';

/**
 * The messages of a passed body without what the upstream would refuse, because another provider wrote it or because
 * the quirks say so; also with the profile's effort on turns that name another. `undefined` when nothing has to change:
 * then the client's bytes stay.
 */
export function rewriteHistory(
  body: PassedBody,
  bound: BoundProfile,
  context: CodecContext,
  losses: Loss[],
): Json | undefined {
  const bytes = body.bytesOf('messages');
  if (!bytes) return undefined;
  const { effort } = bound.profile;
  const { quirks } = context;
  const namesEffort = effort !== undefined && bytes.includes('"output_config"');
  if (
    !namesEffort &&
    !mayHoldForeignBlocks(bytes, quirks.signedThinking === true) &&
    !mayHoldUnfitBlocks(bytes, quirks)
  )
    return undefined;
  const request = body.canonical();
  if (!request) return undefined;
  const adjusted = overrideEffort(request, effort, []);
  const encoded = bound.protocol.encodeRequest({ ...context, request: adjusted });
  const gone = encoded.losses.filter(({ path }) => path.startsWith('messages'));
  if (gone.length === 0 && adjusted.messages === request.messages && !isWrittenAnew(bytes, quirks)) return undefined;
  losses.push(...gone);
  return encoded.body['messages'];
}

import type { CodecContext, Json, Loss } from '@claudex/sdk';
import { isAnthropic, type BoundProfile } from '../../router/index.ts';
import { mayHoldForeignBlocks } from './foreign-history.ts';
import { overrideEffort } from './override-effort.ts';
import type { PassedBody } from './passed-body.ts';

/**
 * The messages of a passed body without what the upstream would refuse because another provider wrote it, so that a
 * session can move here in the middle; also with the profile's effort on turns that name another. `undefined` when
 * nothing has to change: then the client's bytes stay.
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
  const isVendor = isAnthropic(bound);
  const namesEffort = effort !== undefined && bytes.includes('"output_config"');
  if (!namesEffort && !mayHoldForeignBlocks(bytes, isVendor)) return undefined;
  const request = body.canonical();
  if (!request) return undefined;
  const adjusted = overrideEffort(request, effort, []);
  const { origin, ...stateless } = context;
  const encoded = bound.protocol.encodeRequest({
    ...stateless,
    // Only the vendor insists that reasoning is signed; those who imitate it get back what they wrote.
    ...(origin !== undefined && !isVendor && { origin }),
    request: adjusted,
    // Passed bytes know no quirks of content, so neither does what takes their place.
    quirks: {},
  });
  const gone = encoded.losses.filter(({ path }) => path.startsWith('messages'));
  if (gone.length === 0 && adjusted.messages === request.messages) return undefined;
  losses.push(...gone);
  return encoded.body['messages'];
}

import type { CanonicalRequest, Operation } from '@claudex/sdk';
import { resolveModel, type BoundProfile } from '../router/index.ts';
import { composeRequest } from './compose-request.ts';
import { estimateFromBytes } from './estimate.ts';
import { startRecord, type Exchange, type ExchangeRecord } from './exchange.ts';
import type { Incoming } from './incoming.ts';
import { newId } from './new-id.ts';
import { notJson } from './parse-json.ts';
import { patchBody } from './patch-body.ts';
import type { Scope } from './profile-directory.ts';
import { lossOfLimit, lossOfParameter, outputLimit, strippedParameters } from './profile-limits.ts';
import type { ProxyState } from './proxy-state.ts';
import { RequestError } from './request-error.ts';
import { findTopLevelFields, readField, type FieldRange } from './top-level-fields.ts';

/** Headers of the client that mean something to an upstream of the same protocol. */
const PASSED_HEADERS = ['anthropic-version', 'anthropic-beta', 'user-agent', 'x-app'];

/** Passes the client's bytes on; only the fields that the profile changes are touched. */
export async function preparePassThrough(
  state: ProxyState,
  incoming: Incoming,
  bound: BoundProfile,
  scope: Scope,
  operation: Operation = 'messages',
): Promise<Exchange> {
  const record = startRecord();
  const fields = findTopLevelFields(incoming.body);
  if (!fields) throw notJson();
  const asked = incoming.model ?? readField(incoming.body, fields, 'model');
  if (typeof asked !== 'string') throw new RequestError(400, 'invalid_request_error', 'model: must be a string');
  const resolved = resolveModel(asked, bound, scope.configuration.model_aliases);
  const changes = changesOf(incoming, fields, bound, resolved.model, record);
  const stream = readField(incoming.body, fields, 'stream') === true;
  return {
    requestId: incoming.requestId,
    bound,
    asked,
    resolved,
    stream,
    passThrough: true,
    record,
    signal: incoming.signal,
    context: {
      request: emptyRequest(asked, stream),
      model: resolved.model,
      quirks: bound.quirks,
      origin: bound.provider.id,
      newId,
      estimatedInputTokens: estimateFromBytes(incoming.body.byteLength),
    },
    request: await composeRequest(bound, state.started, {
      operation,
      model: resolved.model,
      body: patchBody(incoming.body, fields, changes),
      headers: passedHeaders(incoming),
      query: incoming.query,
    }),
  };
}

function changesOf(
  incoming: Incoming,
  fields: ReadonlyMap<string, FieldRange>,
  bound: BoundProfile,
  model: string,
  record: ExchangeRecord,
): Map<string, unknown> {
  const changes = new Map<string, unknown>();
  if (readField(incoming.body, fields, 'model') !== model) changes.set('model', model);
  const limit = outputLimit(bound, model);
  const wanted = readField(incoming.body, fields, 'max_tokens');
  if (limit !== undefined && typeof wanted === 'number' && wanted > limit) {
    changes.set('max_tokens', limit);
    record.losses.push(lossOfLimit(limit));
  }
  // The protocol applies this quirk when it writes a request; here nobody else would.
  for (const name of [...strippedParameters(bound), ...(bound.quirks.omitFields ?? [])]) {
    if (!fields.has(name)) continue;
    changes.set(name, undefined);
    record.losses.push(lossOfParameter(name));
  }
  return changes;
}

function passedHeaders({ headers }: Incoming): { [name: string]: string } {
  return Object.fromEntries(
    PASSED_HEADERS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The tap restores nothing, so it needs no more of the request than this. */
function emptyRequest(model: string, stream: boolean): CanonicalRequest {
  return { model, messages: [], system: [], tools: [], stream, client: { betas: [] }, other: {} };
}

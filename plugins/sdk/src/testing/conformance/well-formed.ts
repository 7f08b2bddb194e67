import {
  isJsonObject,
  type CanonicalResponse,
  type DecodedResponse,
  type Fault,
  type FaultKind,
  type Loss,
  type StopReason,
  type Usage,
} from '../../index.ts';
import { plainJsonProblems } from './plain-json.ts';

const FAULT_KINDS: { readonly [Kind in FaultKind]: true } = {
  'invalid-request': true,
  authentication: true,
  permission: true,
  billing: true,
  'not-found': true,
  'too-large': true,
  'context-overflow': true,
  'rate-limit': true,
  overloaded: true,
  server: true,
  timeout: true,
  connection: true,
  protocol: true,
  'refused-redirect': true,
  aborted: true,
};

const STOP_REASONS: { readonly [Reason in StopReason]: true } = {
  end_turn: true,
  tool_use: true,
  max_tokens: true,
  stop_sequence: true,
  refusal: true,
  pause_turn: true,
  model_context_window_exceeded: true,
};

const CALL_ID = /^[a-zA-Z0-9_-]{1,64}$/;
const MARK = /mark\d+z/;

/** All kinds of failure. */
export const ALL_FAULT_KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

/** What is wrong with a loss: its kind, its word, its sentence, its path, or that it quotes a generated text. */
export function lossProblems(loss: Loss): string[] {
  const { kind, path, feature, reason } = loss;
  const name = `the loss ${JSON.stringify(feature)}`;
  const problems: string[] = [];
  if (!['dropped', 'degraded', 'adjusted'].includes(kind)) problems.push(`${name} has the kind ${kind}`);
  if (!/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(feature)) problems.push(`${name} is not a word in snake case`);
  if (!/^\P{Lowercase_Letter}.{8,}\.$/su.test(reason)) problems.push(`${name} gives no full sentence as its reason`);
  if (typeof path !== 'string' || path === '') problems.push(`${name} has no path`);
  if (MARK.test(`${path} ${reason}`)) problems.push(`${name} quotes what the user wrote`);
  return problems;
}

/** What is wrong with a fault. */
export function faultProblems(fault: Fault): string[] {
  const problems: string[] = [];
  if (!Object.hasOwn(FAULT_KINDS, fault.kind)) problems.push(`the fault has the kind ${fault.kind}`);
  if (typeof fault.message !== 'string' || fault.message.trim() === '') problems.push('the fault has no message');
  if (typeof fault.retryable !== 'boolean') problems.push('the fault does not say whether it is retryable');
  if (fault.retryAfterMs !== undefined && !(fault.retryAfterMs >= 0)) problems.push('the fault asks for an odd wait');
  if (fault.kind === 'context-overflow' && !/^(?:prompt is too long|input length)/.test(fault.message))
    problems.push(`the overflow is worded in a way clients do not recognise: ${fault.message}`);
  return problems;
}

/** What is wrong with what became of a complete answer. */
export function decodedProblems(decoded: DecodedResponse | { fault: Fault }): string[] {
  if ('fault' in decoded) return faultProblems(decoded.fault);
  return [...responseProblems(decoded.response), ...decoded.losses.flatMap(lossProblems)];
}

function responseProblems(response: CanonicalResponse): string[] {
  const problems: string[] = [...plainJsonProblems(response, 'response')];
  const { stop_reason: reason } = response;
  if (reason !== null && !Object.hasOwn(STOP_REASONS, reason)) problems.push(`the stop reason is ${reason}`);
  problems.push(...usageProblems(response.usage));
  const ids = new Set<string>();
  for (const block of response.content) {
    if (block.type !== 'tool_use' && block.type !== 'server_tool_use') continue;
    if (!CALL_ID.test(block.id)) problems.push(`the id ${JSON.stringify(block.id)} is not one a client can take`);
    if (ids.has(block.id)) problems.push(`the id ${block.id} is used twice`);
    if (!isJsonObject(block.input)) problems.push(`the input of ${block.name} is not an object`);
    ids.add(block.id);
  }
  return problems;
}

/** Which token counts are not whole numbers from 0. */
export function usageProblems(usage: Usage): string[] {
  const { input_tokens: input, output_tokens: output, ...cached } = usage;
  const counts = { input_tokens: input, output_tokens: output, ...cached };
  return Object.entries(counts)
    .filter(([, count]) => !Number.isInteger(count) || count < 0)
    .map(([name, count]) => `usage.${name} is ${count}`);
}

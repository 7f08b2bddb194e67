import type { CanonicalRequest, Loss, Message, OutputConfig } from '@claudex/sdk';

/**
 * Puts the profile's effort in the place of the client's, for the request and for every turn that has one of its own.
 * Recorded only where the client had asked for another. Reasoning that the client switched off stays off.
 */
export function overrideEffort(
  request: CanonicalRequest,
  effort: string | undefined,
  losses: Loss[],
): CanonicalRequest {
  if (effort === undefined) return request;
  const differs = (config: OutputConfig | undefined): boolean =>
    config?.effort !== undefined && config.effort !== effort;
  const turnsDiffer = request.messages.some((message) => differs(message.output_config));
  if (turnsDiffer || differs(request.output_config)) losses.push(lossOfEffort(effort));
  const adjusted = (message: Message): Message =>
    differs(message.output_config) ? { ...message, output_config: { ...message.output_config, effort } } : message;
  return {
    ...request,
    output_config: { ...request.output_config, effort },
    ...(turnsDiffer && { messages: request.messages.map(adjusted) }),
  };
}

/** What is recorded when the client had asked for another effort. */
export function lossOfEffort(effort: string): Loss {
  const reason = `The profile sets the effort to ${effort}, whatever the client asks for.`;
  return { kind: 'adjusted', path: 'output_config.effort', feature: 'effort', reason };
}

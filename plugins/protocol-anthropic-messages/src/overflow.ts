const CANONICAL = /^(?:prompt is too long|input length and `max_tokens` exceed)/;

/** The message of a context overflow, worded so that clients recognise it and compact the conversation. */
export function overflowMessage(message: string): string {
  return CANONICAL.test(message) ? message : `prompt is too long: ${message}`;
}

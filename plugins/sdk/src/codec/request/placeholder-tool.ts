import type { JsonObject } from '../../index.ts';

/** A tool that does nothing, for servers that want tools to be named wherever the conversation has calls. */
export const PLACEHOLDER_TOOL: {
  readonly name: string;
  readonly description: string;
  readonly parameters: () => JsonObject;
} = {
  name: 'no_tool_available',
  description: 'Does nothing and must not be called: no tools can be used now.',
  parameters: () => ({ type: 'object', properties: {} }),
};

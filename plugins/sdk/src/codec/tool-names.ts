import type { CanonicalRequest } from '../index.ts';
import { hexHash } from './hash.ts';

/** The names of a conversation's tools on both sides. */
export interface ToolNames {
  /** The name the provider sees. Names outside the conversation pass unchanged. */
  toWire(name: string): string;
  /** The name the client gave the tool. Names nobody mapped pass unchanged. */
  toClient(name: string): string;
  /** Whether this is, under its name on the wire, a tool of the conversation. */
  has(wireName: string): boolean;
  /** Whether this may be the beginning of the name, on the wire, of another tool of the conversation. */
  mayGrow(wireName: string): boolean;
}

const DEFAULT_MAX_LENGTH = 64;
/** An underscore and the hash. */
const SUFFIX_LENGTH = 9;
const LEGAL = /^[a-zA-Z][a-zA-Z0-9_-]*$/;
/** Some servers refuse a name that begins with anything but a letter. */
const BEGINNING = 'tool_';

/**
 * Maps names that providers refuse. The map depends only on the request, so that the decoder of the answer
 * computes the same one, and on nothing that changes between turns, so that the provider's cache stays warm.
 */
export function toolNames(request: CanonicalRequest, maxLength = DEFAULT_MAX_LENGTH): ToolNames {
  const names = namesOf(request);
  const forward = new Map<string, string>();
  const backward = new Map<string, string>();
  const assign = (name: string, wireName: string): void => {
    forward.set(name, wireName);
    backward.set(wireName, name);
  };
  const illegal: string[] = [];
  for (const name of names) {
    if (name.length <= maxLength && LEGAL.test(name)) assign(name, name);
    else illegal.push(name);
  }
  for (const name of illegal) assign(name, legalName(name, maxLength, backward));
  return {
    toWire: (name) => forward.get(name) ?? name,
    toClient: (name) => backward.get(name) ?? name,
    has: (wireName) => backward.has(wireName),
    mayGrow: (wireName) => [...backward.keys()].some((other) => other !== wireName && other.startsWith(wireName)),
  };
}

function legalName(name: string, maxLength: number, taken: ReadonlyMap<string, string>): string {
  const begun = /^[a-zA-Z]/.test(name) ? name : `${BEGINNING}${name}`;
  const stem = begun.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, Math.max(0, maxLength - SUFFIX_LENGTH));
  for (let attempt = 0; ; attempt += 1) {
    const hash = hexHash(attempt === 0 ? name : `${name}#${attempt}`);
    const candidate = `${stem}_${hash}`.slice(-maxLength);
    if (!taken.has(candidate)) return candidate;
  }
}

function namesOf(request: CanonicalRequest): Set<string> {
  const names = new Set<string>();
  for (const tool of request.tools) {
    if (tool.kind === 'client') names.add(tool.name);
  }
  for (const message of request.messages) {
    for (const block of message.content) {
      if (block.type === 'tool_use') names.add(block.name);
    }
  }
  if (request.tool_choice?.type === 'tool') names.add(request.tool_choice.name);
  return names;
}

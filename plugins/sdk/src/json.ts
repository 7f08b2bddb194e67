/** Any value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON object whose fields are not known in advance. */
export type JsonObject = { [key: string]: Json };

/**
 * What only one protocol understands, keyed by protocol id. The codec that wrote a slot is the only
 * one that reads it; everybody else passes it on untouched.
 */
export type Extensions = { readonly [protocol: string]: Json };

/** Whether a value that came out of JSON is an object rather than a list, a scalar, `null` or absent. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

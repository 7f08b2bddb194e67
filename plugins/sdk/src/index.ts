/*
 * The contract between Claudex and its plugins, in the order in which it is best read.
 *
 * A plugin answers a hook with descriptors. A provider is a vendor's endpoint, mostly data; a protocol is a wire
 * dialect, which translates between that dialect and the canonical form. The client is the program that calls the
 * proxy, such as Claude Code; the upstream is the remote server that a provider's address leads to.
 */

// What a plugin brings.
export * from './hooks.ts';
export * from './provider.ts';
export * from './provider-endpoint.ts';
export * from './model-facts.ts';
export * from './connection.ts';
export * from './local-server.ts';
export * from './quirks.ts';
export * from './quirk-kinds.ts';
export * from './protocol.ts';
export * from './machine.ts';
export * from './search.ts';
export * from './auth-method.ts';
export * from './set-source.ts';

// The canonical form: what protocols translate from and to.
export * from './json.ts';
export * from './request.ts';
export * from './blocks.ts';
export * from './response.ts';
export * from './events.ts';

// What goes wrong, and what does not fit.
export * from './loss.ts';
export * from './fault.ts';
export * from './retry-after.ts';
export * from './invalid-request.ts';

const LABEL_WIDTH = 12;
const LONGEST_LINE = 110;
const LINES_OF_RESULT = 7;

/**
 * What a run came to, as far as its events tell.
 * @typedef {object} Summary
 * @property {string[]} toolsRan names of the tools that returned something other than an error, in order
 * @property {string | undefined} problem why the run did not end well, or undefined
 */

/**
 * Renders one event of Claude Code's `stream-json` output for people. Events that mean nothing to them give no
 * lines.
 * @param {any} event
 * @returns {string[]}
 */
export function describeEvent(event) {
  switch (event?.type) {
    case 'system':
      return event.subtype === 'init' ? labelled('Claude Code', `started with model ${event.model}`) : [];
    case 'assistant':
      return blocksOf(event).flatMap(describeAnswer);
    case 'user':
      return blocksOf(event).flatMap(describeResult);
    default:
      return [];
  }
}

/**
 * A text behind a label, continued below itself.
 * @param {string} label
 * @param {string} text
 */
export function labelled(label, text) {
  const lines = text.split('\n');
  return lines.map((line, index) =>
    `${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${index === 0 ? '› ' : '  '}${line}`.trimEnd(),
  );
}

/**
 * Says whether tools ran and whether the run ended well.
 * @param {readonly any[]} events
 * @returns {Summary}
 */
export function summarize(events) {
  const calls = new Map();
  const toolsRan = [];
  for (const block of events.flatMap(blocksOf)) {
    if (block.type === 'tool_use') calls.set(block.id, block.name);
    if (block.type === 'tool_result' && block.is_error !== true)
      toolsRan.push(calls.get(block.tool_use_id) ?? 'unknown');
  }
  return {
    toolsRan,
    problem: problemOf(
      events.findLast((event) => event?.type === 'result'),
      toolsRan,
    ),
  };
}

function problemOf(result, toolsRan) {
  if (result === undefined) return 'Claude Code ended without a result.';
  if (result.is_error) return `Claude Code reported an error: ${result.result ?? result.subtype}`;
  return toolsRan.length === 0 ? 'Claude Code finished, but no tool ran.' : undefined;
}

function describeAnswer(block) {
  if (block.type === 'text') return labelled('assistant', block.text.trim());
  if (block.type === 'thinking') return labelled('thinking', shorten(block.thinking));
  if (block.type !== 'tool_use') return [];
  const { command, file_path: path } = block.input ?? {};
  return labelled('tool call', `${block.name}: ${shorten(command ?? path ?? JSON.stringify(block.input))}`);
}

function describeResult(block) {
  if (block.type !== 'tool_result') return [];
  const lines = textOf(block.content).trimEnd().split('\n');
  const shown = lines.slice(0, LINES_OF_RESULT).map(shorten);
  const more = lines.length - shown.length;
  if (more > 0) shown.push(`… ${more} more ${more === 1 ? 'line' : 'lines'}`);
  return labelled(block.is_error ? 'tool error' : 'tool result', shown.join('\n'));
}

function blocksOf(event) {
  const content = event?.message?.content;
  return Array.isArray(content) ? content : [];
}

function textOf(content) {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part) => part.text ?? `[${part.type}]`).join('\n') : '';
}

function shorten(text) {
  const line = String(text).replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
}

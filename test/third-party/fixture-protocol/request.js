import { LossLog, openState, readConversation, stateKey, toolNames, WireCallIds } from '@claudex/sdk/codec';

/** Fields of a request that the dialect has no word for. */
const UNKNOWN_FIELDS = ['tool_choice', 'thinking', 'output_config', 'temperature', 'top_p', 'top_k', 'stop_sequences'];

/** Writes a request as lines. */
export function encodeRequest(context) {
  const { request, model } = context;
  const losses = new LossLog();
  const { instructions, turns } = readConversation(request, losses);
  const writer = new LineWriter(context, losses);
  for (const { text } of instructions) writer.lines.push({ who: 'rules', say: text });
  for (const turn of turns) for (const item of turn.items) writer.item(turn.role, item);
  for (const field of UNKNOWN_FIELDS) {
    if (request[field] !== undefined) losses.dropped(field, field, 'The dialect has no word for this field.');
  }
  const tools = encodeTools(request.tools, writer.names, losses);
  const limit = request.max_tokens === undefined ? {} : { limit: request.max_tokens };
  return { body: { model, lines: writer.lines, tools, ...limit, stream: request.stream }, losses: losses.entries };
}

function encodeTools(tools, names, losses) {
  return tools.flatMap((tool, index) => {
    if (tool.kind === 'client')
      return [{ name: names.toWire(tool.name), about: tool.description ?? '', input: tool.input_schema }];
    losses.dropped(`tools[${index}]`, 'server_tool', 'The provider runs no tools.');
    return [];
  });
}

/** Writes one line for each block. */
class LineWriter {
  lines = [];
  #losses;
  #key;
  #ids = new WireCallIds();
  /** The wire's id of the latest call with each of the client's ids. */
  #calls = new Map();

  constructor(context, losses) {
    this.#losses = losses;
    this.#key = stateKey('toy-lines', context);
    this.names = toolNames(context.request);
  }

  item(role, item) {
    if (item.kind === 'instruction') this.lines.push({ who: 'rules', say: item.text });
    else this.#block(role === 'user' ? 'user' : 'model', item.block, item.path);
  }

  #block(who, block, path) {
    switch (block.type) {
      case 'text':
        if (block.text !== '') this.lines.push({ who, say: block.text });
        break;
      case 'thinking':
        this.#thinking(block, path);
        break;
      case 'tool_use': {
        const id = this.#ids.issue(block.id);
        this.#calls.set(block.id, id);
        this.lines.push({ who, call: { id, name: this.names.toWire(block.name), input: JSON.stringify(block.input) } });
        break;
      }
      case 'tool_result':
        this.#result(block, path);
        break;
      default:
        this.#losses.dropped(path, block.type, 'A line can only be text, a thought, a call or the result of one.');
    }
  }

  #thinking(block, path) {
    const opened = openState(this.#key, block.signature);
    if ('state' in opened) this.lines.push({ who: 'model', think: block.thinking, memo: opened.state.memo });
    else this.#losses.dropped(path, 'foreign_thinking', 'Only the provider that wrote this thought can take it back.');
  }

  #result(block, path) {
    const answers = this.#calls.get(block.tool_use_id);
    this.#calls.delete(block.tool_use_id);
    if (answers === undefined)
      this.#losses.degraded(path, 'orphan_tool_result', 'The result answers no call, so the user says it.');
    const texts = [];
    for (const [index, part] of block.content.entries()) {
      if (part.type === 'text') texts.push(part.text);
      else this.#losses.dropped(`${path}.content[${index}]`, part.type, 'A result can only be text.');
    }
    const say = texts.join('\n');
    this.lines.push(
      answers === undefined ? { who: 'user', say } : { who: 'tool', answers, say, failed: block.is_error === true },
    );
  }
}

import { isJsonObject, protocolFault } from '@claudex/sdk';
import { ClientCallIds, countOf, parseJson, readFaultBody, sealState, stateKey, toolNames } from '@claudex/sdk/codec';

const STOP_REASONS = { done: 'end_turn', calls: 'tool_use', full: 'max_tokens', no: 'refusal' };

/** Makes the machine that reads a streamed answer. */
export function decodeStream(context) {
  return new AnswerReader(context);
}

/** Reads a whole answer: a list of pieces, which are the data of the events. */
export function decodeResponse(body, context) {
  if (!Array.isArray(body.pieces)) return { fault: readFaultBody(body) };
  const reader = new AnswerReader(context);
  const pieces = body.pieces.filter(isJsonObject);
  const events = pieces.flatMap((piece) => reader.push({ event: String(piece.kind), data: JSON.stringify(piece) }));
  const failure = [...events, ...reader.end()].find((event) => event.type === 'error');
  if (failure !== undefined) return { fault: failure.fault };
  return {
    response: { id: context.newId('msg'), model: context.model, content: reader.content, ...reader.ending },
    losses: [],
  };
}

class AnswerReader {
  content = [];
  ending;
  #context;
  #names;
  #ids;
  #isOpen = false;
  #isOver = false;

  constructor(context) {
    this.#context = context;
    this.#names = toolNames(context.request);
    this.#ids = new ClientCallIds(context);
  }

  get settled() {
    return this.#isOver;
  }

  push({ event, data }) {
    if (this.#isOver) return [];
    const piece = parseJson(data);
    if (!isJsonObject(piece)) return this.#fail(protocolFault('The provider sent an event that is no object.'));
    const text = typeof piece.text === 'string' ? piece.text : '';
    switch (event) {
      case 'think':
        return text === '' ? [] : this.#grow('thinking', 'thinking', text);
      case 'say':
        return text === '' ? [] : this.#grow('text', 'text', text);
      case 'memo':
        return this.#memo(text);
      case 'call':
        return this.#call(piece);
      case 'bye':
        return this.#finish(piece);
      case 'oops':
        return this.#fail(readFaultBody(piece));
      default:
        return [{ type: 'ping' }];
    }
  }

  end() {
    return this.#isOver ? [] : this.#fail(protocolFault('The stream ended before it was finished.'));
  }

  #start() {
    if (this.#hasStarted) return [];
    this.#hasStarted = true;
    const usage = { input_tokens: this.#context.estimatedInputTokens, output_tokens: 0 };
    return [{ type: 'message_start', id: this.#context.newId('msg'), model: this.#context.model, usage }];
  }
  #hasStarted = false;

  /** Events carry empty copies of blocks: `content` collects, and nothing that was sent may change. */
  #open(block) {
    const events = [...this.#start(), ...this.#close()];
    this.content.push(block);
    this.#isOpen = true;
    return [...events, { type: 'content_block_start', index: this.content.length - 1, content_block: { ...block } }];
  }

  #close() {
    if (!this.#isOpen) return [];
    this.#isOpen = false;
    return [{ type: 'content_block_stop', index: this.content.length - 1 }];
  }

  #delta(delta) {
    return { type: 'content_block_delta', index: this.content.length - 1, delta };
  }

  #grow(type, field, text) {
    const fits = this.#isOpen && this.content.at(-1).type === type;
    const events = fits ? [] : this.#open({ type, [field]: '' });
    this.content.at(-1)[field] += text;
    return [...events, this.#delta({ type: `${field}_delta`, [field]: text })];
  }

  #memo(memo) {
    const key = stateKey('toy-lines', this.#context);
    if (key === undefined) return [];
    const fits = this.#isOpen && this.content.at(-1).type === 'thinking';
    const events = fits ? [] : this.#open({ type: 'thinking', thinking: '' });
    const signature = sealState(key, { memo });
    this.content.at(-1).signature = signature;
    return [...events, this.#delta({ type: 'signature_delta', signature }), ...this.#close()];
  }

  /** A call comes in one piece, so it is complete or not there at all. */
  #call({ id, name, input }) {
    const parsed = parseJson(String(input));
    if (typeof name !== 'string' || !isJsonObject(parsed))
      return this.#fail(protocolFault('The provider sent a call without a name or with an input that is no object.'));
    const block = {
      type: 'tool_use',
      id: this.#ids.issue(String(id ?? '')),
      name: this.#names.toClient(name),
      input: {},
    };
    const events = this.#open(block);
    this.content[this.content.length - 1] = { ...block, input: parsed };
    return [...events, this.#delta({ type: 'input_json_delta', partial_json: String(input) }), ...this.#close()];
  }

  #finish({ why, in: input, out }) {
    this.#isOver = true;
    const usage = {
      input_tokens: countOf(input) ?? this.#context.estimatedInputTokens,
      output_tokens: countOf(out) ?? 0,
    };
    const word = String(why);
    this.ending = { stop_reason: Object.hasOwn(STOP_REASONS, word) ? STOP_REASONS[word] : 'end_turn', usage };
    const events = [...this.#start(), ...this.#close()];
    return [...events, { type: 'message_delta', ...this.ending }, { type: 'message_stop' }];
  }

  #fail(fault) {
    this.#isOver = true;
    return [{ type: 'error', fault }];
  }
}

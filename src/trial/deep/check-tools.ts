import type { Json, JsonObject } from '@claudex/sdk';
import { failed, ok, refused, unsupported, user, type Check } from './check.ts';
import { callsOf, textOfReply } from './reply.ts';

const ROOM = 1024;

const WEATHER: JsonObject = {
  name: 'get_weather',
  description: 'Gets the weather of one city.',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', description: 'name of the city' } },
    required: ['city'],
    additionalProperties: false,
  },
};

/** A call that is asked for, and an answer to its result. */
export const tools: Check = {
  id: 'tools',
  title: 'Tools',
  async run({ ask }) {
    const question = user('What is the weather in Oslo? Use the tool.');
    const base = { tools: [WEATHER], max_tokens: ROOM };
    const first = await ask({
      ...base,
      messages: [question],
      tool_choice: { type: 'tool', name: 'get_weather' },
    });
    if (first.failure) return refused(first.failure);
    const [call] = callsOf(first);
    if (!call) return unsupported('the model answered in words instead of a call');
    if (call.name !== 'get_weather' || typeof call.input['city'] !== 'string')
      return failed('the call does not fit the tool');
    const result = { type: 'tool_result', tool_use_id: call.id, content: 'Sunny, 21 degrees.' };
    const second = await ask({
      ...base,
      messages: [question, { role: 'assistant', content: first.content as unknown as Json }, user([result])],
    });
    if (second.failure) return failed(`the result was not taken (${refused(second.failure).detail})`);
    return textOfReply(second) === '' && callsOf(second).length === 0
      ? failed('no answer to the result of the tool')
      : ok('called, and answered to the result');
  },
};

/** Several calls in one turn. */
export const parallelTools: Check = {
  id: 'parallel-tools',
  title: 'Parallel tools',
  async run({ ask }) {
    const messages = [
      user('What is the weather in Oslo and in Rome? Call the tool for both cities at once, in this one turn.'),
    ];
    const reply = await ask({ messages, tools: [WEATHER], tool_choice: { type: 'any' }, max_tokens: ROOM });
    if (reply.failure) return refused(reply.failure);
    const { length } = callsOf(reply);
    if (length > 1) return ok(`${length} calls in one turn`);
    return unsupported(length === 1 ? 'one call at a time' : 'no call was made');
  },
};

import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { failed, ok, refused, unsupported, user, type Check } from './check.ts';
import { textOfReply } from './reply.ts';

const ROOM = 1024;
/** Room for reasoning beside the answer. */
const THINKING_ROOM = 3072;
const BUDGET = 1024;

/** A PNG of 64 by 64 pixels, all of them red. */
const RED_SQUARE =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWiP4FgYrsKZeS0BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OJg6Ln3AAAAAElFTkSuQmCC';

/** Whether the model sees what is in a picture. */
export const images: Check = {
  id: 'images',
  title: 'Images',
  async run({ ask }) {
    const source = { type: 'base64', media_type: 'image/png', data: RED_SQUARE };
    const question = { type: 'text', text: 'Which colour is this picture? Answer with one word.' };
    const reply = await ask({ messages: [user([{ type: 'image', source }, question])], max_tokens: ROOM });
    if (reply.failure) return refused(reply.failure);
    if (reply.losses.some(({ feature }) => /image/.test(feature)))
      return unsupported('pictures are replaced by a note');
    return /\bred\b/i.test(textOfReply(reply))
      ? ok('sees the colour')
      : unsupported('does not see what is in the picture');
  },
};

/** Whether reasoning comes back as such. */
export const reasoning: Check = {
  id: 'reasoning',
  title: 'Reasoning',
  async run({ ask }) {
    const body = { messages: [user('Is 221 a prime number? Answer yes or no.')], max_tokens: THINKING_ROOM };
    const adaptive = { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } };
    let reply = await ask({ ...body, ...adaptive });
    // Older models of this kind only know a budget.
    if (reply.failure?.status === 400)
      reply = await ask({ ...body, thinking: { type: 'enabled', budget_tokens: BUDGET } });
    if (reply.failure) return refused(reply.failure);
    const thoughts = reply.content.filter(({ type }) => type === 'thinking' || type === 'redacted_thinking');
    return thoughts.length > 0 ? ok('thinking blocks come back') : unsupported('no reasoning came back');
  },
};

const SCHEMA: JsonObject = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
  additionalProperties: false,
};

/** Whether an answer keeps to a schema. */
export const structuredOutput: Check = {
  id: 'structured-output',
  title: 'Structured output',
  async run({ ask }) {
    const format = { type: 'json_schema', schema: SCHEMA };
    const messages = [user('Give a title of three words to a talk about bread.')];
    const reply = await ask({ messages, max_tokens: ROOM, output_config: { format } });
    if (reply.failure) return refused(reply.failure);
    const answer = parseJson(textOfReply(reply));
    if (isJsonObject(answer) && typeof answer['title'] === 'string') return ok('the answer fits the schema');
    return textOfReply(reply) === ''
      ? failed('the answer has no text')
      : unsupported('the answer does not fit the schema');
  },
};

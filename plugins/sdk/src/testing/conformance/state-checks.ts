import type { CanonicalRequest, CodecContext, ContentBlock, EncodedRequest } from '../../index.ts';
import { isSealedState } from '../../codec/provider-state.ts';
import { assembleMessage } from '../assemble-message.ts';
import { requestOf, result, user } from '../builders.ts';
import { isComplete } from '../grammar.ts';
import { demandOfEach, type CheckGroup, type Subject } from './check.ts';
import { decode, sampleExchange } from './decoding.ts';
import { exchangeOf } from './random-request.ts';
import { isInside, stringsOf } from './strings-of.ts';

type Content = readonly ContentBlock[];

/**
 * Checks that the state a provider sealed into an answer comes back to it with the next turn, and goes to nobody else.
 * What of a body is such state shows where the same turn is sent without signatures.
 */
export function stateChecks(subject: Subject): CheckGroup {
  const title = 'provider state';
  const answers = sealedAnswers(subject);
  if (answers.length === 0) {
    return { title, checks: [], unchecked: ['provider state, because no complete sample has any that Claudex seals'] };
  }
  const onAll = (name: string, attempt: (content: Content) => readonly string[]) => ({
    title: name,
    run: () => demandOfEach(answers, (_content, position) => `sealed answer ${position}`, attempt),
  });
  return {
    title,
    unchecked: [],
    checks: [
      onAll('comes back to the provider and model that minted it', (content) =>
        statesIn(subject, content).length > 0 ? [] : ['the next turn is the same with the signatures as without them'],
      ),
      onAll('goes to no other provider and no other model', (content) =>
        ELSEWHERE.flatMap((context) => leakProblems(subject, content, content, context)),
      ),
      onAll('is left out when its envelope is damaged', (content) =>
        DAMAGES.flatMap((damage) => leakProblems(subject, content, withSignatures(content, damage), {})),
      ),
    ],
  };
}

/** Shorter strings are words of the dialect that may stand inside others. */
const LONG = 16;

const ELSEWHERE: readonly Partial<CodecContext>[] = [{ origin: 'origin-b' }, { model: 'another-model' }];

const DAMAGES: readonly ((signature: string) => string)[] = [
  (signature) => signature.slice(0, signature.length / 2),
  (signature) => signature.slice(0, -1),
  (signature) => `${signature}x`,
  (signature) => `${signature}\ud800`,
  (signature) => signature.slice(0, -20) + (signature.at(-20) === 'A' ? 'B' : 'A') + signature.slice(-19),
  () => 'claudex.',
];

function sealedAnswers(subject: Subject): Content[] {
  const { protocol, streams, answers } = subject;
  const streamed = streams
    .map((events) => decode(subject, events))
    .filter((events) => isComplete(events))
    .map((events) => assembleMessage(events).content);
  const whole = answers.flatMap((body) => {
    const decoded = protocol.decodeResponse(body, sampleExchange(subject));
    return 'response' in decoded ? [decoded.response.content] : [];
  });
  return [...streamed, ...whole].filter((content) => content.some((block) => sealOf(block) !== undefined));
}

/** The envelope in a block, if it carries one. */
function sealOf(block: ContentBlock): string | undefined {
  const seal =
    block.type === 'thinking' ? block.signature : block.type === 'redacted_thinking' ? block.data : undefined;
  return seal !== undefined && isSealedState(seal) ? seal : undefined;
}

function withSignatures(content: Content, change: (signature: string) => string): Content {
  return content.map((block) => {
    const seal = sealOf(block);
    if (seal === undefined) return block;
    return block.type === 'redacted_thinking'
      ? { ...block, data: change(seal) }
      : { ...block, signature: change(seal) };
  });
}

/** The turn after an answer: its calls are answered and the user goes on. */
function nextTurn(content: Content): CanonicalRequest {
  const results = content.flatMap((block) => (block.type === 'tool_use' ? [result(block.id, 'done')] : []));
  return requestOf({ messages: [user('go'), { role: 'assistant', content }, user(...results, 'go on')], stream: true });
}

function encodeNext(
  { protocol, quirks }: Subject,
  content: Content,
  context: Partial<CodecContext> = {},
): EncodedRequest {
  return protocol.encodeRequest(exchangeOf(nextTurn(content), quirks[0] ?? {}, context));
}

/** What the provider that minted the state is sent because of the signatures alone. */
function statesIn(subject: Subject, content: Content): string[] {
  const unsigned = withSignatures(content, () => '').filter((block) => block.type !== 'redacted_thinking');
  const without = new Set([...stringsOf(encodeNext(subject, unsigned).body)].map(({ value }) => value));
  return [...stringsOf(encodeNext(subject, content).body)]
    .map(({ value }) => value)
    .filter((value) => !without.has(value));
}

function leakProblems(
  subject: Subject,
  minted: Content,
  sent: Content,
  context: Partial<CodecContext>,
): readonly string[] {
  const { body, losses } = encodeNext(subject, sent, context);
  const where = JSON.stringify(context);
  const strings = [...stringsOf(body)].map(({ value }) => value);
  const leaked = statesIn(subject, minted).filter((state) =>
    strings.some((text) => (state.length < LONG ? text === state : text.includes(state))),
  );
  const problems = leaked.map((state) => `${where}: the body has ${JSON.stringify(state.slice(0, 60))}`);
  if (strings.some(isSealedState)) problems.push(`${where}: the body has a sealed envelope`);
  for (const [index, block] of sent.entries()) {
    const path = `messages[1].content[${index}]`;
    if (sealOf(block) !== undefined && !losses.some((loss) => isInside(loss.path, path) || isInside(path, loss.path)))
      problems.push(`${where}: no loss says that the state in ${path} was left out`);
  }
  return problems;
}

import {
  isJsonObject,
  protocolFault,
  type CodecContext,
  type ContentBlock,
  type DecodedResponse,
  type Fault,
  type JsonObject,
  type Loss,
} from '@claudex/sdk';
import { ClientCallIds, LossLog, readErrorBody, readFaultBody, toolNames } from '@claudex/sdk/codec';
import { mergeChoices, type MergedChoices } from './answer/choices.ts';
import { readContent } from './answer/content.ts';
import { ExtrasWatch } from './answer/extras.ts';
import { reasoningText } from './answer/reasoning.ts';
import { faultOfFinish, finishing } from './answer/stop-reason.ts';
import { decodeToolUse, type WholeCall } from './answer/tool-use.ts';
import { decodeUsage } from './answer/usage.ts';
import type { ChatAnswer, ChatCompletion } from './wire.ts';

/** Reads a complete answer. Returns a fault where the body is an error, or no answer at all. */
export function decodeResponse(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault } {
  const completion: ChatCompletion = body;
  const merged = Array.isArray(completion.choices) ? mergeChoices(completion.choices) : undefined;
  const fault = hiddenFault(completion, merged);
  if (fault !== undefined) return { fault };
  if (merged === undefined) return { fault: protocolFault('The provider sent no answer.') };
  const losses = new LossLog();
  noteExtras(completion, merged, losses);
  const reading = readAnswers(merged.answers);
  const content = [...reading.content, ...readCalls(reading, context, losses)];
  // The same rule as for streams: without a finish reason only an answer that says something counts as one.
  if (content.length === 0 && !merged.first.finish_reason)
    return { fault: protocolFault('The provider sent no answer.') };
  return {
    response: {
      id: context.newId('msg'),
      model: typeof completion.model === 'string' && completion.model !== '' ? completion.model : context.model,
      content,
      ...finishing(
        merged.first,
        { calledTools: reading.calls.length > 0, refused: reading.refused },
        context.request.stop_sequences,
      ),
      usage: decodeUsage(completion.usage ?? completion.x_groq?.usage ?? merged.first.usage ?? undefined, {
        inputTokens: context.estimatedInputTokens,
        outputCharacters: JSON.stringify(content).length,
      }),
    },
    losses: losses.entries,
  };
}

/** An error under a success status: in the body, in the answer, or as its reason to finish. */
function hiddenFault(completion: ChatCompletion, merged: MergedChoices | undefined): Fault | undefined {
  if (completion.error) return readFaultBody(completion);
  const choice = Array.isArray(completion.choices) ? completion.choices[0] : undefined;
  if (choice?.error) return readFaultBody({ error: choice.error });
  if (merged === undefined) return readErrorBody(completion) === undefined ? undefined : readFaultBody(completion);
  const finish = merged.first.finish_reason;
  return typeof finish === 'string' ? faultOfFinish(finish) : undefined;
}

/** What the messages of an answer say. */
interface Reading {
  /** Reasoning and text in order. */
  readonly content: ContentBlock[];
  readonly calls: WholeCall[];
  refused: boolean;
}

function readAnswers(answers: readonly ChatAnswer[]): Reading {
  const reading: Reading = { content: [], calls: [], refused: false };
  const onText = (text: string): void => addText(reading.content, text);
  const onThinking = (text: string): void => addThinking(reading.content, text);
  for (const answer of answers) {
    const thinking = reasoningText(answer);
    if (thinking !== '') onThinking(thinking);
    if (typeof answer.content === 'string' && answer.content !== '') onText(answer.content);
    else if (Array.isArray(answer.content)) readContent(answer.content, onText, onThinking);
    if (typeof answer.refusal === 'string' && answer.refusal !== '') {
      reading.refused = true;
      onText(answer.refusal);
    }
    for (const call of Array.isArray(answer.tool_calls) ? answer.tool_calls : []) {
      if (isJsonObject(call))
        reading.calls.push({ id: call.id, function: isJsonObject(call.function) ? call.function : {} });
    }
    if (isJsonObject(answer.function_call)) reading.calls.push({ function: answer.function_call });
  }
  return reading;
}

function addText(content: ContentBlock[], text: string): void {
  const last = content.at(-1);
  if (last?.type === 'text') last.text += text;
  else content.push({ type: 'text', text });
}

function addThinking(content: ContentBlock[], thinking: string): void {
  const last = content.at(-1);
  if (last?.type === 'thinking') last.thinking += thinking;
  else content.push({ type: 'thinking', thinking, signature: '' });
}

function readCalls(reading: Reading, context: CodecContext, losses: LossLog): ContentBlock[] {
  if (reading.calls.length === 0) return [];
  const ids = new ClientCallIds(context);
  const names = toolNames(context.request, context.quirks.toolNameMaxLength);
  const before = reading.content.length;
  return reading.calls.map((call, position) =>
    decodeToolUse(call, `content[${before + position}]`, ids, names, losses),
  );
}

function noteExtras(completion: ChatCompletion, merged: MergedChoices, losses: LossLog): void {
  const extras = new ExtrasWatch();
  const report = (loss: Loss): unknown => losses.entries.push(loss);
  extras.completion(completion, report);
  if (merged.ignored) extras.alternatives(report);
  for (const answer of merged.answers) extras.answer(answer, report);
}

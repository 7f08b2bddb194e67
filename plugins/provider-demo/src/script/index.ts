import { say, type Reply } from '../reply.ts';
import type { ChatRequest } from '../wire.ts';
import { readConversation, type Conversation } from './conversation.ts';
import { chooseFiles, readListing } from './listing.ts';
import { report } from './report.ts';
import { sideReply } from './side-calls.ts';
import { isAboutFiles } from './task.ts';
import { demandedReply, planListing, planReading, type Style } from './tool-calls.ts';
import { judgeResult } from './tool-results.ts';
import { explanation, greeting } from './words.ts';

/*
 * The scripted assistant: pure functions from a request to a reply. It keeps nothing between requests; where it
 * stands in a task, it reads from the conversation.
 *
 *   nothing called yet      → list the folder
 *   folder listed           → read a promising file
 *   anything after that     → report what the tools returned and explain the way it went
 */

export { textOf } from './conversation.ts';
export type { Style } from './tool-calls.ts';
export { sideReply, SUMMARY_MARK } from './side-calls.ts';

/** What the scripted assistant answers to a request. */
export function reply(request: ChatRequest, style: Style): Reply {
  const demanded = sideReply(request) ?? demandedReply(request);
  if (demanded !== undefined) return demanded;
  const conversation = readConversation(request.messages);
  if (conversation.rounds.length > 0) return nextStep(request, conversation, style);
  return firstStep(request, conversation, style);
}

function firstStep(request: ChatRequest, conversation: Conversation, style: Style): Reply {
  const calls = isAboutFiles(conversation.task) ? planListing(request, conversation.folder, style) : [];
  if (calls.length === 0) return say(`${greeting(conversation.task)}\n\n${explanation('none')}`);
  return { text: 'I am a script, not a model, but I can look. First I list the folder.', calls };
}

function nextStep(request: ChatRequest, conversation: Conversation, style: Style): Reply {
  if (conversation.rounds.length === 1) {
    const listing = readListing(conversation);
    const calls = planReading(request, chooseFiles(listing, style === 'one' ? 1 : 3));
    if (calls.length > 0) return { text: 'There is something readable. I look into it.', calls };
  }
  const someRan = conversation.rounds.flat().some((call) => judgeResult(call.result).kind === 'ok');
  return say(`${report(conversation)}\n\n${explanation(someRan ? 'ran' : 'in-vain')}`);
}

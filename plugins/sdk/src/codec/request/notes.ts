/*
 * What a model is told in words where no field of a protocol can say it. Every protocol uses the same words, so that a
 * conversation reads the same when it moves from one provider to another.
 */

/** Notes that are always the same. */
export const NOTES = {
  /** Stands for what the user said where that is nothing at all. */
  emptyMessage: '[empty message]',
  /** Stands for a result that the client never sent. */
  missingResult: '[no result]',
  /** Stands for the content of a result without any. */
  emptyResult: '[empty result]',
  /** Stands before the content of a result that is an error. */
  failedResult: '[The tool reported an error.]',
  /** Stands for content that no part can carry. */
  unknownContent: '[Content of a kind that this model cannot be shown was left out here.]',
} as const;

/** What stands in place of a picture or file that was moved, and what stands in front of it. */
interface MovedMediaNotes {
  readonly here: string;
  readonly there: string;
}

/** An instruction in the midst of a conversation as words of the user, between the tags that Claude Code uses for them. */
export function reminder(instruction: string): string {
  return `<system-reminder>\n${instruction}\n</system-reminder>`;
}

/** Says that a tool search has found a tool, under its name on the wire. */
export function foundToolNote(wireName: string, isUsable: boolean): string {
  return isUsable ? `The tool ${wireName} is available now.` : `The tool ${wireName} cannot be used with this model.`;
}

/** Says in a result that a picture or a file of it comes later, and there whose it is. */
export function movedMediaNotes(kind: 'image' | 'document', wireName: string, wireId: string): MovedMediaNotes {
  return {
    here: `[The ${kind} of this result follows in the next user message.]`,
    there: `[${kind === 'image' ? 'Image' : 'Document'} from the result of ${wireName}, call ${wireId}:]`,
  };
}

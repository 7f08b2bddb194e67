import type { SeenConversation, SpokenAnswer } from '../../matrix/support/conversation.ts';
import type { VendorScript } from '../../vendors/kit/vendor.ts';

/** What the summary says, by which it is known again. */
const SUMMARY = 'SUMMARY-MARK: three files were counted.';
/** What the client says after it has compacted. */
export const GOES_ON = 'GOES ON';

/** A model that calls tools until its prompt is full, and can go on once there is a summary in its place. */
export function forgetfulModel(full: { readonly tokens: number; readonly maximum: number }): VendorScript {
  let thoughts = 0;
  return (seen, vendor) => {
    thoughts += 1;
    const reasoning = { text: `Thought ${thoughts}: how many are there?`, state: `state-${vendor.id}-${thoughts}` };
    return { reasoning, ...next(seen, full) };
  };
}

function next({ userText, turns }: SeenConversation, full: { tokens: number; maximum: number }): SpokenAnswer {
  const summarised = userText.includes('SUMMARY-MARK');
  // The client asks for a summary in its last message; a summary it got stands earlier.
  if (!summarised && /<summary>/i.test(userText.slice(-8000)))
    return { text: `<analysis>a</analysis>\n<summary>${SUMMARY}</summary>` };
  if (summarised) return { text: GOES_ON };
  if (turns >= 3) return { overflow: full };
  return { calls: [{ name: 'Bash', input: { command: `seq 1 500; echo ${turns}`, description: 'Count' } }] };
}

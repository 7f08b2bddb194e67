import { join } from 'node:path';
import type { SeenConversation, SpokenAnswer } from '../../matrix/support/conversation.ts';
import type { VendorScript } from '../../vendors/kit/vendor.ts';

/** What the client says at the end of the loop. */
export const LOOP_DONE = 'LOOP DONE';
/** What the loop writes, and reads again. */
export const WRITTEN = 'alpha\nbeta\n';

/** A model that can do everything; `folder` is where the client works. */
export function ableModel(folder: () => string): VendorScript {
  let thoughts = 0;
  return (seen, vendor) => {
    thoughts += 1;
    const reasoning = { text: `Thought ${thoughts}: what is asked for?`, state: `state-${vendor.id}-${thoughts}` };
    return { reasoning, ...(seen.tools.includes('Bash') ? loop(seen, folder()) : checks(seen)) };
  };
}

/** Two calls, then the end. */
function loop({ turns }: SeenConversation, folder: string): SpokenAnswer {
  const file_path = join(folder, 'proof.txt');
  const steps: SpokenAnswer[] = [
    { text: 'I begin.', calls: [{ name: 'Write', input: { file_path, content: WRITTEN } }] },
    { calls: [{ name: 'Read', input: { file_path } }] },
  ];
  return steps[turns] ?? { text: LOOP_DONE };
}

/** What `profile test --deep` asks for. */
function checks({ tools, results, userText, images, asksForShape }: SeenConversation): SpokenAnswer {
  const call = (city: string) => ({ name: 'get_weather', input: { city } });
  if (results.length > 0) return { text: 'It is sunny in Oslo.' };
  if (/oslo and in rome/i.test(userText)) return { calls: [call('Oslo'), call('Rome')] };
  if (tools.length > 0) return { calls: [call('Oslo')] };
  if (images > 0) return { text: 'Red.' };
  if (asksForShape || userText.includes('talk about bread')) return { text: '{"title":"All About Bread"}' };
  return { text: 'ready, and some more words' };
}

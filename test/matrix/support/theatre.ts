import { closeAll } from '../../support/close-all.ts';
import { sendWhole, startRecordingServer } from '../../support/recording-server.ts';
import { MODEL, prepareStage, runSession, type SessionOptions, type Stage } from '../../e2e/support/stage.ts';
import type { SeenConversation, SpokenAnswer } from './conversation.ts';
import type { Dialect } from './dialect.ts';

/** The real client, the real proxy, and a provider that follows a script. */
export interface Theatre {
  readonly stage: Stage;
  /** What the provider was asked, in order. */
  readonly seen: readonly SeenConversation[];
  /** Runs a session in print mode and returns what it answered. Throws when it failed. */
  readonly session: (
    prompt: string,
    options?: SessionOptions,
  ) => Promise<{ readonly text: string; readonly sessionId: string }>;
  close(): Promise<void>;
}

/** What the model answers; `folder` is where the client works. */
export type Script = (seen: SeenConversation, folder: string) => SpokenAnswer;

/** Opens a {@link Theatre} whose provider speaks this dialect. */
export async function openTheatre(dialect: Dialect, script: Script): Promise<Theatre> {
  const seen: SeenConversation[] = [];
  let folder = '';
  const upstream = await startRecordingServer<unknown>(async (request, response, n) => {
    if (request.method !== 'POST' || !isPathOf(dialect, request.url))
      return sendWhole(response, 404, { error: { message: `no such path: ${request.url}` } });
    const conversation = dialect.read(request.body, request.headers, request.url);
    seen.push(conversation);
    const answer = script(conversation, folder);
    if (answer.overflow) {
      const { tokens, maximum } = answer.overflow;
      return sendWhole(response, 400, dialect.overflow(tokens, maximum));
    }
    if (!conversation.streamed) return sendWhole(response, 200, dialect.whole(answer, MODEL, n));
    const events = dialect.stream(answer, MODEL, n);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (!answer.cut) return void response.end(events.join(''));
    return void response.write(events.slice(0, Math.ceil(events.length / 2)).join(''), () => response.destroy());
  });
  const { provider_type, basePath, quirks } = dialect.profile;
  const stage = await prepareStage({
    provider_type,
    base_url: `${upstream.url}${basePath}`,
    ...(quirks && { quirks }),
  });
  folder = stage.home.work;
  return {
    stage,
    seen,
    async session(prompt, options = {}) {
      const { code, result, stderr } = await runSession(stage, prompt, options);
      if (code !== 0 || result.is_error !== false)
        throw new Error(`the session ended with code ${code}: ${result.result ?? ''}\n${stderr}`);
      return { text: result.result ?? '', sessionId: result.session_id ?? '' };
    },
    async close() {
      await closeAll(stage, upstream);
      if (upstream.failures.length > 0) throw new Error(`the script failed: ${String(upstream.failures[0])}`);
    },
  };
}

function isPathOf({ path }: Dialect, url: string): boolean {
  const [asked = ''] = url.split('?');
  return typeof path === 'string' ? asked === path : path.test(asked);
}

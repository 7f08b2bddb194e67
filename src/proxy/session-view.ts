import type { Session, Sessions } from './sessions.ts';

/** A session as `/status` and the CLI see it. Times in seconds, tokens by kind, `null` for what is not known. */
export interface SessionView {
  readonly profile: string;
  readonly context: string | null;
  readonly pid: number | null;
  readonly folder: string | null;
  readonly age_s: number;
  /** Since its last answer. */
  readonly idle_s: number | null;
  /** The profile and the model that answered last, sub-agents left aside. */
  readonly served_by: string | null;
  readonly model: string | null;
  /** Claude Code's own id of the conversation. */
  readonly client_session: string | null;
  /** Its name in the history and the log, at the provider that answered last. */
  readonly session: string | null;
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
}

/** Describes an open session, without its id: by that it is known to its own requests only. */
export function sessionView(sessions: Sessions, session: Session): SessionView {
  const { profile, context, pid, folder, since } = session;
  const { model, servedBy, clientSession, session: name, lastAt, ...figures } = sessions.useOf(session);
  return {
    profile,
    context: context ?? null,
    pid: pid ?? null,
    folder: folder ?? null,
    age_s: secondsSince(since),
    idle_s: lastAt === undefined ? null : secondsSince(lastAt),
    served_by: servedBy ?? null,
    model: model ?? null,
    client_session: clientSession ?? null,
    session: name ?? null,
    ...figures,
  };
}

function secondsSince(moment: number): number {
  return Math.max(0, Math.floor((Date.now() - moment) / 1000));
}

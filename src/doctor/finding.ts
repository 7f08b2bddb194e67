/** `warning`: works, but not as it should. `problem`: something does not work. */
export type FindingState = 'ok' | 'warning' | 'problem';

/** Under which headings findings stand, in this order. */
export const GROUPS = ['Claudex', 'Claude Code', 'Configuration', 'Profiles', 'Proxy', 'System'] as const;
export type Group = (typeof GROUPS)[number];

/** One thing that was looked at, as it is shown. Holds no secret. */
export interface Finding {
  /** A stable word for scripts, such as `port`. Several findings may have one, such as `key` of each profile. */
  readonly id: string;
  readonly group: Group;
  readonly state: FindingState;
  readonly title: string;
  readonly detail: string | null;
  /** What to do about it; `null` where nothing is to be done. */
  readonly remedy: string | null;
  /** Whether `--fix` does it. */
  readonly fixable: boolean;
}

/** What a check says. */
export interface Diagnosis {
  readonly id: string;
  readonly state: FindingState;
  readonly title: string;
  readonly detail?: string;
  readonly remedy?: string;
  /** Does what is safe to do; returns what was done in one sentence, or undefined when there was nothing left to do. */
  readonly fix?: () => Promise<string | undefined>;
}

/** That something is as it should be. */
export function ok(id: string, title: string, detail?: string): Diagnosis {
  return { id, state: 'ok', title, ...(detail === undefined ? {} : { detail }) };
}

/** What is said of something that is not as it should be. */
type Complaint = Pick<Diagnosis, 'detail' | 'remedy' | 'fix'>;

/** That something works, but not as it should. */
export function warning(id: string, title: string, complaint: Complaint): Diagnosis {
  return { id, state: 'warning', title, ...complaint };
}

/** That something does not work. */
export function problem(id: string, title: string, complaint: Complaint): Diagnosis {
  return { id, state: 'problem', title, ...complaint };
}

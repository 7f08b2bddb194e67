/** A behaviour of the assistant and the model names that select it. */
interface ScenarioRow {
  readonly id: string;
  /** Names to list; where a name takes a parameter, its most useful values. */
  readonly models: readonly string[];
  /** Matches every name of the scenario; its first group, if any, is the parameter. */
  readonly pattern: RegExp;
  readonly about: string;
}

/** Every scenario, as data. `play.ts` has the code for each id. */
export const SCENARIOS = [
  {
    id: 'plain',
    models: ['demo'],
    pattern: /^demo$/,
    about: 'Lists the folder, reads a file, reports what it saw and explains what happened.',
  },
  {
    id: 'tools',
    models: ['demo-tools'],
    pattern: /^demo-tools$/,
    about: 'The same with several tool calls in one turn.',
  },
  {
    id: 'reasoning',
    models: ['demo-reasoning'],
    pattern: /^demo-reasoning$/,
    about: 'The same with visible reasoning (reasoning_content) before each answer.',
  },
  {
    id: 'slow',
    models: ['demo-slow', 'demo-slow-50ms'],
    pattern: /^demo-slow(?:-(\d{1,5})ms)?$/,
    about: 'The same with a pause before each chunk: 200 ms, or as named, at most 2000 ms.',
  },
  {
    id: 'long',
    models: ['demo-long'],
    pattern: /^demo-long$/,
    about: 'An answer of some three thousand words.',
  },
  {
    id: 'error',
    models: ['demo-error-400', 'demo-error-401', 'demo-error-429', 'demo-error-500'],
    pattern: /^demo-error-([45]\d\d)$/,
    about: 'Answers with that HTTP status, 400 to 599, in the shape of OpenAI; 429 asks to wait 2 s.',
  },
  {
    id: 'overflow',
    models: ['demo-overflow'],
    pattern: /^demo-overflow$/,
    about: 'Says that the context is too long until the conversation was compacted.',
  },
  {
    id: 'cut',
    models: ['demo-cut'],
    pattern: /^demo-cut$/,
    about: 'Ends the answer half-way without a finish reason.',
  },
  {
    id: 'reset',
    models: ['demo-reset'],
    pattern: /^demo-reset$/,
    about: 'Resets the connection half-way through the answer.',
  },
  {
    id: 'html',
    models: ['demo-html'],
    pattern: /^demo-html$/,
    about: 'Answers 200 with an HTML page, as a captive portal would.',
  },
] as const satisfies readonly ScenarioRow[];

/** The id of a scenario. */
export type ScenarioId = (typeof SCENARIOS)[number]['id'];

/** The model names worth listing. */
export const LISTED_MODELS: readonly string[] = SCENARIOS.flatMap((scenario) => scenario.models);

import type { DescribeIo, Json, JsonObject } from '@claudex/sdk';

/** A question as it was asked. */
export interface Question {
  readonly path: string;
  readonly body?: JsonObject;
}

/** What a reader is handed, with answers by path (for a POST by path and model), and every question that it asked. */
export function describeIo(
  ids: readonly string[],
  answers: { readonly [path: string]: Json },
  wanted: readonly string[] = [],
): DescribeIo & { readonly questions: readonly Question[] } {
  const questions: Question[] = [];
  return {
    listed: ids.map((id) => ({ id })),
    wanted,
    questions,
    async ask(path, body) {
      questions.push({ path, ...(body && { body }) });
      return answers[body === undefined ? path : `${path} ${body['model'] as string}`];
    },
  };
}

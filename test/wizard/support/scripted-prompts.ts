import { isDeepStrictEqual } from 'node:util';
import type { Choice, Prompts } from '../../../src/terminal/index.ts';

/** One answer of a person: to a question, by the beginning of its message. */
export interface ScriptedAnswer {
  readonly asked: string;
  /** Text to type, the name of a choice, names of several, or yes and no. Absent: just Enter. */
  readonly answer?: string | readonly string[] | boolean;
  /** The names of all choices, where it matters what is not among them. */
  readonly offers?: readonly string[];
}

/** Answers questions from a list, strictly in its order. */
export function scriptedPrompts(answers: readonly ScriptedAnswer[]): { prompts: Prompts; left: () => number } {
  const script = [...answers];
  const next = (message: string): ScriptedAnswer['answer'] => {
    const answer = script.shift();
    if (answer === undefined || !message.startsWith(answer.asked)) {
      throw new Error(`asked "${message}", while the script has ${JSON.stringify(answer)}`);
    }
    return answer.answer;
  };
  const checked = (text: string, check: ((text: string) => string | undefined) | undefined): string => {
    const problem = check?.(text);
    if (problem !== undefined) throw new Error(`"${text}" is refused: ${problem}`);
    return text;
  };
  const prompts: Prompts = {
    text: async ({ message, initial = '', check }) => checked(textOf(next(message), initial), check),
    secret: async ({ message, check }) => checked(textOf(next(message), ''), check),
    select: async ({ message, choices, initial }) => {
      const names = choices.map(({ name }) => name);
      const { offers = names } = script[0] ?? {};
      if (!isDeepStrictEqual(names, offers)) throw new Error(`"${message}" offers ${names.join(' | ')}`);
      return pick(choices, next(message), initial);
    },
    search: async ({ message, choices, others, initial }) => {
      const answer = next(message);
      return pick([...choices, ...(others?.(typeof answer === 'string' ? answer : '') ?? [])], answer, initial);
    },
    checkbox: async ({ message, choices, checked: before }) => {
      const answer = next(message);
      return Array.isArray(answer) ? answer.map((name: string) => pick(choices, name, undefined)) : before;
    },
    confirm: async ({ message, initial }) => {
      const answer = next(message);
      return typeof answer === 'boolean' ? answer : initial;
    },
  };
  return { prompts, left: () => script.length };
}

function textOf(answer: ScriptedAnswer['answer'], initial: string): string {
  return typeof answer === 'string' ? answer : initial;
}

function pick<Value>(
  choices: readonly Choice<Value>[],
  answer: ScriptedAnswer['answer'],
  initial: Value | undefined,
): Value {
  const found =
    answer === undefined
      ? (choices.find(({ value }) => value === initial) ?? choices[0])
      : choices.find(({ name }) => typeof answer === 'string' && name.startsWith(answer));
  if (found === undefined)
    throw new Error(`no choice "${String(answer)}" of ${choices.map(({ name }) => name).join(' | ')}`);
  return found.value;
}

import { failure } from '../errors/index.ts';
import type { Choice } from '../terminal/index.ts';
import type { Connectivity, Problem } from '../trial/index.ts';
import type { KeyAnswer, ProfileAnswers } from './answers.ts';
import { askAddress } from './ask-endpoint.ts';
import { askKey, pasteKey } from './ask-key.ts';
import { askModel } from './ask-models.ts';
import { bindDraft } from './draft.ts';
import { asks, providerOf, type AskingWizard, type Wizard } from './wizard.ts';

/** What the test of a profile led to. */
export interface Tried {
  /** With what was corrected meanwhile. */
  readonly answers: ProfileAnswers;
  /** Absent: it says nothing yet, because no model is known to ask for. */
  readonly found?: Connectivity;
}

/** What to do with a profile that does not work, when nobody can be asked. */
export type OnFailure = 'stop' | 'keep';

/**
 * Tests a profile against its provider before it is stored. When it does not work, whoever can be asked may correct the
 * answers, keep them or stop; else `onFailure` decides. Throws a failure when it stops.
 */
export async function tryProfile(answers: ProfileAnswers, wizard: Wizard, onFailure: OnFailure): Promise<Tried> {
  let tried = answers;
  for (;;) {
    const found = await test(tried, wizard);
    const { problem } = found;
    if (problem === undefined) {
      wizard.note(`It works${found.latency_ms === null ? '' : `, in ${found.latency_ms} ms`}.`);
      return { answers: tried, found };
    }
    if (problem.code === 'model-missing' && tried.model === undefined && asks(wizard)) return { answers: tried };
    wizard.note(`It does not work: ${problem.reason}`, problem.remedy);
    const corrected = asks(wizard) ? await correct(tried, problem, wizard) : decide(tried, problem, onFailure);
    if (corrected === 'keep') return { answers: tried, found };
    tried = corrected;
  }
}

async function test(answers: ProfileAnswers, wizard: Wizard): Promise<Connectivity> {
  // Only those who test need what it takes to send requests.
  const { testConnectivity } = await import('../trial/index.ts');
  wizard.note(`Testing ${answers.name}…`);
  return testConnectivity(bindDraft(answers, wizard), wizard.way, new AbortController().signal);
}

function decide({ name }: ProfileAnswers, { reason, remedy }: Problem, onFailure: OnFailure): 'keep' {
  if (onFailure === 'keep') return 'keep';
  throw failure(
    'profile-test-failed',
    `profile "${name}" was not saved, because it does not work: ${reason}`,
    `${remedy} --yes saves it anyway, --no-test without a test.`,
  );
}

type Correction = 'key' | 'address' | 'model' | 'again' | 'keep' | 'stop';

/** The answers to test next, or that they are to be kept as they are. */
async function correct(
  answers: ProfileAnswers,
  problem: Problem,
  wizard: AskingWizard,
): Promise<ProfileAnswers | 'keep'> {
  const { prompts } = wizard;
  const choices = corrections(answers, problem);
  switch (await prompts.select({ message: 'What now?', choices })) {
    case 'key':
      return { ...answers, key: await anotherKey(answers, wizard) };
    case 'address':
      return { ...answers, baseUrl: await askAddress(wizard, answers.baseUrl) };
    case 'model':
      return { ...answers, model: await askModel(wizard, 'Default model', [], answers.model) };
    case 'again':
      return answers;
    case 'keep':
      return 'keep';
    default:
      throw failure('cancelled', `stopped, profile "${answers.name}" was not saved`);
  }
}

/** One that was pasted is pasted anew; where else it may be is asked only of others. */
function anotherKey(answers: ProfileAnswers, wizard: AskingWizard): Promise<KeyAnswer> {
  const { from } = answers.key;
  return from === 'keyring' || from === 'file' ? pasteKey(wizard, from) : askKey(wizard, providerOf(answers, wizard));
}

/** The most likely one first. */
function corrections({ baseUrl }: ProfileAnswers, { code }: Problem): Choice<Correction>[] {
  const key: Choice<Correction> = { value: 'key', name: 'Enter another key' };
  const address: Choice<Correction> = { value: 'address', name: 'Correct the address' };
  const model: Choice<Correction> = { value: 'model', name: 'Name another model' };
  const again: Choice<Correction> = { value: 'again', name: 'Test again' };
  const ofAddress = baseUrl === undefined ? [] : [address];
  return [
    ...(code.startsWith('key-')
      ? [key, ...ofAddress, again]
      : orderOf(code, { key, address: ofAddress, model, again })),
    { value: 'keep', name: 'Go on as it is' },
    { value: 'stop', name: 'Stop, save nothing' },
  ];
}

function orderOf(
  code: Problem['code'],
  {
    key,
    address,
    model,
    again,
  }: Record<'key' | 'model' | 'again', Choice<Correction>> & {
    readonly address: readonly Choice<Correction>[];
  },
): readonly Choice<Correction>[] {
  if (code.startsWith('model-')) return [model, ...address, key, again];
  return ['rate-limited', 'server-error', 'not-paid'].includes(code)
    ? [again, key, ...address, model]
    : [...address, key, again, model];
}

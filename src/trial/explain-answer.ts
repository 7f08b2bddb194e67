import { parseJson } from '@claudex/sdk/codec';
import type { Fault, Protocol } from '@claudex/sdk';
import type { Problem } from './connectivity.ts';
import type { Answer } from './send-once.ts';

/** Longest text of a provider that is repeated, in characters. */
const LONGEST_WORDS = 200;

/** What is wrong with the body of an answer whose status says nothing about it; `undefined`: it is JSON. */
export function problemOfBody({ headers, text, isCut }: Answer, origin: string): Problem | undefined {
  if (isPage({ headers, text })) return page(origin);
  const begin = text.trimStart();
  const isJson = isCut ? /^[[{]/.test(begin) : parseJson(text) !== undefined && /^[[{]/.test(begin);
  if (isJson) return undefined;
  return {
    code: 'not-json',
    reason: `${origin} answers something that is not JSON`,
    remedy: 'Check base_url: it must lead to the interface of the provider, e.g. https://host/v1.',
  };
}

/** Says what a status that is no success means for this profile. */
export function problemOfStatus(answer: Answer, protocol: Protocol, origin: string): Problem {
  const { status, headers, text } = answer;
  const fault = protocol.decodeFault({ status, headers, body: text.slice(0, 64 * 1024) });
  if (isPage(answer) && !isKeyRefused(status) && status < 500) return page(origin);
  const said = isPage(answer) ? `status ${status}` : words(fault, status);
  return { ...byStatus(status, fault, origin), reason: `${beginningOf(status, fault, origin)} (${said})` };
}

/** Says what a success means that hides a failure. */
export function problemOfFault(fault: Fault, origin: string): Problem {
  return {
    ...byStatus(fault.status ?? 200, fault, origin),
    reason: `${origin} answers, but not with a completion (${words(fault, 200)})`,
  };
}

/** Whether the provider turned down whoever asked. */
export function isKeyRefused(status: number): boolean {
  return status === 401 || status === 403;
}

function isPage({ headers, text }: Pick<Answer, 'headers' | 'text'>): boolean {
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html|head|body)\b/i.test(text);
}

function page(origin: string): Problem {
  return {
    code: 'web-page',
    reason: `${origin} answers with a web page (HTML), not with JSON`,
    remedy: 'Check base_url: it must lead to the interface of the provider, not to its web site, e.g. https://host/v1.',
  };
}

function isAboutModel({ code = '', message }: Fault): boolean {
  return /model|deployment/i.test(code) || /\b(?:model|deployment)\b/i.test(message);
}

function beginningOf(status: number, fault: Fault, origin: string): string {
  if (isKeyRefused(status)) return 'the key was refused';
  if (fault.kind === 'billing') return 'there is nothing left to pay with';
  if (status === 404) return isAboutModel(fault) ? 'the model was not found' : 'the address was not found';
  if (status === 429) return 'too many requests';
  if (status >= 500) return `${origin} has a problem of its own`;
  return 'the request was refused';
}

function byStatus(status: number, fault: Fault, origin: string): Pick<Problem, 'code' | 'remedy'> {
  if (isKeyRefused(status) || fault.kind === 'authentication')
    return {
      code: 'key-refused',
      remedy: `Check the key: is it whole, not expired, and made for ${origin}?`,
    };
  if (fault.kind === 'billing')
    return { code: 'not-paid', remedy: "Check the balance and the limits in the provider's console." };
  if (fault.kind === 'not-found' || status === 404 || status === 405) return notFound(fault);
  if (fault.kind === 'rate-limit')
    return { code: 'rate-limited', remedy: 'The provider is there; wait a moment and test again.' };
  if (status >= 500 || fault.kind === 'server' || fault.kind === 'overloaded')
    return { code: 'server-error', remedy: 'Test again later; the status page of the provider may say more.' };
  return { code: 'request-refused', remedy: 'Check default_model, query_params and quirks of the profile.' };
}

function notFound(fault: Fault): Pick<Problem, 'code' | 'remedy'> {
  return isAboutModel(fault)
    ? { code: 'model-not-found', remedy: 'Correct default_model; "claudex models" lists what the provider has.' }
    : { code: 'not-found', remedy: 'Check base_url (is /v1 missing or given twice?) and provider_type.' };
}

function words({ message }: Fault, status: number): string {
  const line = message.replaceAll(/\s+/g, ' ').trim();
  const said = line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line;
  return status === 200 ? said : `status ${status}${said === '' ? '' : `: ${said}`}`;
}

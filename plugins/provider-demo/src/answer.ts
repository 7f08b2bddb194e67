import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { toChunks } from './chunks.ts';
import { complete, toBody, type Stamp } from './completion.ts';
import type { Outcome } from './reply.ts';
import { writeStream } from './stream-writer.ts';
import type { ChatRequest } from './wire.ts';

const LONGEST_WAIT_MS = 30_000;

/** Sends what a scenario made of a request, streamed or in one piece as the client asked. */
export async function sendOutcome(
  response: ServerResponse,
  request: ChatRequest,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<void> {
  if (outcome.kind === 'failure') return sendJson(response, outcome.status, outcome.body, outcome.headers);
  if (outcome.kind === 'page') return sendPage(response, outcome.html);
  const { pauseMs = 0, breaksOff } = outcome;
  const completion = complete(request, outcome.reply, stamp());
  const chunks = [...toChunks(completion, request.includeUsage)];
  if (request.stream) {
    return writeStream(response, chunks, { pauseMs, signal, ...(breaksOff !== undefined && { breaksOff }) });
  }
  if (pauseMs > 0 && !(await waited(Math.min(pauseMs * chunks.length, LONGEST_WAIT_MS), signal))) return undefined;
  const body = JSON.stringify(toBody(completion));
  if (breaksOff === undefined) return sendJson(response, 200, toBody(completion));
  return sendHalf(response, body, breaksOff);
}

/** Sends a JSON body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: { readonly [name: string]: string } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(html);
}

function sendHalf(response: ServerResponse, body: string, breaksOff: 'end' | 'reset'): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const half = body.slice(0, body.length / 2);
  if (breaksOff === 'end') response.end(half);
  else response.write(half, () => response.destroy());
}

async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return pause(milliseconds, true, { signal }).catch(() => false);
}

function stamp(): Stamp {
  return {
    created: Math.floor(Date.now() / 1000),
    newId: (prefix) => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
  };
}

import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve, type SeenRequest, type TestServer } from '../../support/serve.ts';

/** What a stand-in for the proxy does beyond proving that it holds its token. */
export interface FakeDaemonOptions {
  readonly token: string;
  readonly port?: number;
  readonly version?: string;
  readonly context?: string;
  /** What it says its process is; a fake inside the test has none to wait for. */
  readonly pid?: number;
  /** Promises to stop and does not. */
  readonly stays?: boolean;
  /** What it says of every session by its id; absent: it does not know any. */
  readonly session?: object;
  /** Called when a session's connection ends. */
  readonly sessionEnded?: () => void;
  /** What it says on a session's connection right after the greeting, before it ends it. */
  readonly lastLine?: string;
  /** What `/status` says of sessions and of the configuration. */
  readonly sessions?: readonly object[];
  readonly configuration?: object;
}

/** Speaks the control part of the proxy's HTTP: challenge, status, stop, sessions. */
export function serveFakeDaemon({
  token,
  port = 0,
  version = '1.2.3',
  context,
  pid,
  stays = false,
  session,
  sessionEnded,
  lastLine,
  sessions,
  configuration,
}: FakeDaemonOptions): Promise<TestServer> {
  return serve((request, response, server) => {
    const address = new URL(request.url, 'http://127.0.0.1');
    if (address.pathname === '/health') {
      const proof = createHmac('sha256', token)
        .update(`${address.searchParams.get('challenge')}:${(server.address() as AddressInfo).port}`)
        .digest('hex');
      return json(response, 200, { status: 'ok', name: 'claudex', version, proof_for_port: proof });
    }
    if (request.headers.authorization !== `Bearer ${token}`)
      return json(response, 401, { error: { message: 'no token' } });
    if (address.pathname === '/status')
      return json(response, 200, { version, pid, uptime_s: 7, profiles: { demo: {} }, sessions, configuration });
    if (address.pathname === '/-/stop') {
      json(response, 202, {});
      return void response.once('finish', () => {
        if (stays) return;
        server.close();
        server.closeIdleConnections();
      });
    }
    if (session !== undefined && address.pathname.startsWith('/-/sessions/')) return json(response, 200, session);
    if (address.pathname === '/-/sessions') return openSession(request, response);
    return json(response, 404, { error: { message: 'not found' } });
  }, port);

  function openSession(request: SeenRequest, response: ServerResponse): void {
    const { profile } = JSON.parse(request.body) as { profile: string };
    if (profile === 'refused')
      return json(response, 404, {
        type: 'error',
        error: { type: 'not_found_error', message: 'there is no such profile' },
      });
    if (profile === 'gibberish') return void response.end('hello\n');
    if (profile === 'too-late') return void response.end('{"ended":"handover"}\n');
    response.once('close', () => sessionEnded?.());
    // In two pieces: a line need not arrive at once.
    const line = `${JSON.stringify({ profile, context: context ?? null })}\n`;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write(line.slice(0, 5));
    setImmediate(() => {
      response.write(line.slice(5));
      if (lastLine !== undefined) response.end(lastLine);
    });
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

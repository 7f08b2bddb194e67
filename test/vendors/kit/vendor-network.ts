import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts';
import { listen } from '../../support/listen.ts';
import { makeCertificates } from './authority.ts';
import { VendorServer } from './vendor-server.ts';
import type { Vendor, VendorScript, Violation } from './vendor.ts';

/** The internet as far as there are vendors in it: everything else is refused. */
export interface VendorNetwork {
  /** For processes whose calls to vendors are to arrive here. */
  readonly environment: { readonly [name: string]: string };
  /** `host:port` of each refused call, in order. */
  readonly refused: readonly string[];
  /** What the vendors refused or ignored, in order. */
  readonly violations: readonly Violation[];
  /** Method, host and path of each call that arrived, in order. */
  readonly calls: readonly string[];
  /** The model of each question, in order. */
  readonly models: readonly string[];
  /** How often a prompt did not fit. */
  readonly overflows: number;
  /** What went wrong in the vendors themselves; a test that ends with entries here is wrong about its script. */
  readonly failures: readonly unknown[];
  /** Address of a vendor that has no host name. */
  addressOf(vendor: Vendor): string;
  close(): Promise<void>;
}

/**
 * Starts a proxy of the network that leads to fake vendors under their real host names, by TLS with certificates of an
 * authority that only processes with this environment trust. Vendors without a host name get a server of their own.
 */
export async function startVendorNetwork(vendors: readonly Vendor[], script: VendorScript): Promise<VendorNetwork> {
  const folder = makeTemporaryFolder();
  const named = new Map<string, VendorServer>();
  const servers = vendors.map((vendor) => new VendorServer(vendor, script));
  for (const server of servers) for (const host of server.vendor.hosts) named.set(host, server);
  const certificates = await makeCertificates([...named.keys(), 'nobody.invalid']);
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, certificates.authority);
  const sockets = new Set<Socket>();
  const refused: string[] = [];
  const failures: unknown[] = [];

  const receive = (request: IncomingMessage, response: ServerResponse, server: VendorServer | undefined): void => {
    if (!server) return void response.writeHead(421).end();
    server.receive(request, response).catch((error: unknown) => {
      failures.push(error);
      response.destroy();
    });
  };
  const secured = createHttpsServer({ cert: certificates.certificate, key: certificates.key }, (request, response) =>
    receive(request, response, named.get(hostOf(request.headers.host ?? ''))),
  );
  const proxy = createHttpServer((request, response) => {
    refused.push(URL.canParse(request.url ?? '') ? new URL(request.url ?? '').host : String(request.url));
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!named.has(hostOf(request.url ?? ''))) {
      refused.push(String(request.url));
      socket.end('HTTP/1.1 502 Refused\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    secured.emit('connection', socket);
  });
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const url = `http://127.0.0.1:${await listen(proxy)}`;

  const here = servers.filter(({ vendor }) => vendor.hosts.length === 0);
  const local = here.map((server) => createHttpServer((request, response) => receive(request, response, server)));
  const ports = await Promise.all(local.map((server) => listen(server)));
  const addresses = new Map(here.map(({ vendor }, index) => [vendor.id, `http://127.0.0.1:${ports[index]}`]));

  return {
    environment: {
      HTTPS_PROXY: url,
      HTTP_PROXY: url,
      https_proxy: url,
      http_proxy: url,
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: authorityFile,
    },
    refused,
    failures,
    get violations() {
      return servers.flatMap((server) => server.violations);
    },
    get calls() {
      return servers.flatMap((server) => server.calls);
    },
    get models() {
      return servers.flatMap((server) => server.models);
    },
    get overflows() {
      return servers.reduce((sum, server) => sum + server.overflows, 0);
    },
    addressOf: ({ id }) => addresses.get(id) ?? '',
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const server of local) server.closeAllConnections();
      await Promise.all([proxy, ...local].map((server) => once(server.close(), 'close')));
      removeFolder(folder);
    },
  };
}

function hostOf(authority: string): string {
  return authority.replace(/:\d+$/, '');
}

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { freePort } from '@patchbay/local';
import { eventually } from '@patchbay/testing';
import { makeCertificates } from '@patchbay/testing/certificates';
import { environment } from './environment.js';

const GATEWAY = fileURLToPath(new URL('../../apps/gateway/dist/bundle/main.mjs', import.meta.url));

/** One more gateway of the platform, as the world sees it: behind a proxy that speaks TLS, under an address of https. */
export interface TlsGateway {
  url: string;
  /** What a client must trust: the authority that signed its certificate. */
  certificateFile: string;
  /** The variables of a client, in Node or Python, that trusts it. */
  trust: Record<string, string>;
  stop(): Promise<void>;
}

export async function startTlsGateway(): Promise<TlsGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-tls-'));
  const { ca: certificateFile, ...own } = await makeCertificates(folder);
  const [cert, key] = await Promise.all([readFile(own.cert), readFile(own.key)]);
  const port = await freePort();
  const open = new Set<Socket>();
  const proxy = createServer({ cert, key }, (socket) => {
    const behind = connect(port, '127.0.0.1');
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      behind.destroy();
    });
    behind.once('close', () => socket.destroy());
    for (const one of [socket, behind]) one.on('error', () => one.destroy());
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, 'localhost', resolve));
  const url = `https://localhost:${(proxy.address() as AddressInfo).port}`;
  const gateway = spawn(process.execPath, [GATEWAY], {
    env: { ...environment.gateway, PORT: String(port), PUBLIC_URL: url, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => gateway.once('exit', () => resolve()));
  const isReady = async () =>
    expectOk(await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined));
  await eventually(isReady, { timeout: 30_000 });
  return {
    url,
    certificateFile,
    trust: {
      NODE_EXTRA_CA_CERTS: certificateFile,
      SSL_CERT_FILE: certificateFile,
      REQUESTS_CA_BUNDLE: certificateFile,
    },
    stop: async () => {
      gateway.kill();
      await exited;
      for (const socket of open) socket.destroy();
      proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function expectOk(response: Response | undefined): void {
  if (!response?.ok) throw new Error('the gateway is not ready');
}

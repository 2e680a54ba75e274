/*
 * A real API server with its etcd, on loopback, with the admission that a cluster has: what is applied to it is checked
 * by the same code. There are no controllers and no nodes, so nothing that is applied runs.
 */
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { apiServer } from './modules.mjs';

const START_MS = 120_000;
const STOP_MS = 20_000;
const CALL_MS = 60_000;

export class ApiServer {
  /** @type {import('node:child_process').ChildProcess[]} */
  #processes = [];
  #token = randomBytes(16).toString('hex');
  #ca = '';
  #port = 0;

  /** @param {string} folder where it keeps everything */
  constructor(folder) {
    this.folder = folder;
    this.kubeconfig = join(folder, 'kubeconfig');
  }

  async start() {
    const programs = apiServer();
    const [port, etcd, peer] = await freePorts(3);
    this.#port = port;
    const at = (name) => join(this.folder, name);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(at('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(at('tokens'), `${this.#token},admin,admin,"system:masters"\n`, { mode: 0o600 });
    this.#run(programs.etcd, [
      `--data-dir=${at('etcd')}`,
      `--listen-client-urls=http://127.0.0.1:${etcd}`,
      `--advertise-client-urls=http://127.0.0.1:${etcd}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-cluster=default=http://127.0.0.1:${peer}`,
      '--unsafe-no-fsync',
    ]);
    this.#run(programs.apiServer, [
      `--etcd-servers=http://127.0.0.1:${etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${at('certificates')}`,
      `--token-auth-file=${at('tokens')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${at('accounts.key')}`,
      `--service-account-signing-key-file=${at('accounts.key')}`,
    ]);
    await this.#untilReady();
    this.#writeKubeconfig();
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [as] another than the administrator
   * @returns {Promise<{ status: number, body: any, warnings: string[] }>}
   */
  call(method, path, body, as) {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      // JSON is YAML: an apply takes it by that name alone.
      'content-type': method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json',
      ...(as && { 'impersonate-user': as }),
    };
    const options = {
      host: '127.0.0.1',
      port: this.#port,
      method,
      path,
      headers,
      ca: this.#ca,
      timeout: CALL_MS,
    };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () => {
          const warnings = [response.headers['warning'] ?? []].flat();
          const isJson = response.headers['content-type']?.includes('json');
          resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text, warnings });
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} took too long`)));
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }

  async stop() {
    for (const child of this.#processes.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const inTime = await Promise.race([ended.then(() => true), delay(STOP_MS, false, { ref: false })]);
      if (!inTime) {
        child.kill('SIGKILL');
        await ended;
      }
    }
  }

  #run(program, args) {
    const log = openSync(join(this.folder, `${this.#processes.length}.log`), 'w');
    const child = spawn(program, args, { stdio: ['ignore', log, log] });
    child.on('error', () => undefined);
    this.#processes.push(child);
  }

  async #untilReady() {
    const until = Date.now() + START_MS;
    for (;;) {
      if (this.#processes.some(({ exitCode }) => exitCode !== null)) throw new Error(this.#lastWords());
      try {
        this.#ca ||= readFileSync(join(this.folder, 'certificates/apiserver.crt'), 'utf8');
        const { status } = await this.call('GET', '/readyz');
        if (status === 200) return;
      } catch {
        // Its certificate or its port is not there yet.
      }
      if (Date.now() > until) throw new Error(`The API server is not ready in time. ${this.#lastWords()}`);
      await delay(500);
    }
  }

  #lastWords() {
    const logs = this.#processes.map((_, index) => readFileSync(join(this.folder, `${index}.log`), 'utf8'));
    return logs.map((text) => text.trim().split('\n').slice(-3).join('\n')).join('\n');
  }

  #writeKubeconfig() {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'here', user: 'admin' } }],
      users: [{ name: 'admin', user: { token: this.#token } }],
      clusters: [
        {
          name: 'here',
          cluster: {
            server: `https://127.0.0.1:${this.#port}`,
            'certificate-authority-data': Buffer.from(this.#ca).toString('base64'),
          },
        },
      ],
    };
    writeFileSync(this.kubeconfig, stringify(config), { mode: 0o600 });
  }
}

/** @param {number} count */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  return servers.map((server) => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close();
    return port;
  });
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { WebSocketServer, type WebSocket } from 'ws';
import { BubblewrapDriver } from '../src/sandbox/bubblewrap/bubblewrap.driver.js';
import type { Sandbox } from '../src/sandbox/sandbox.js';

const STDIN = 0;
const STDOUT = 1;
const LIMITS = { cpus: 1, memoryBytes: 512 * 1024 ** 2, diskBytes: 32 * 1024 ** 2, processes: 64 };

/** As much of an API server as the driver uses. What a pod runs is run in a sandbox of this machine. */
export async function startFakeCluster() {
  const pods = new Map<string, V1Pod>();
  const running = new Map<string, Sandbox>();
  const requests: { method: string; path: string; body: unknown }[] = [];
  const behaviour = { refuse: false, phase: 'Running', waiting: undefined as string | undefined };
  const kubelet = new BubblewrapDriver({
    python: '/usr/bin/python3',
    cgroupRoot: '/nowhere',
    path: process.env['PATH'] ?? '',
  });

  const answer = (response: ServerResponse, status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', path, body } = await read(request);
      requests.push({ method, path, body });
      if (behaviour.refuse) return answer(response, 403, { kind: 'Status', code: 403 });
      const name = path.split('/')[6];
      if (method === 'POST') {
        const pod = body as V1Pod;
        pods.set(pod.metadata?.name ?? '', pod);
        return answer(response, 201, pod);
      }
      if (!name) return answer(response, 200, { kind: 'PodList', items: [...pods.values()] });
      const pod = pods.get(name);
      if (!pod) return answer(response, 404, { kind: 'Status', code: 404 });
      if (method === 'DELETE') {
        pods.delete(name);
        await running.get(name)?.stop();
        return answer(response, 200, pod);
      }
      const { phase, waiting } = behaviour;
      const containerStatuses = [
        { state: { ...(waiting && { waiting: { reason: waiting, message: 'no' } }) } },
      ];
      return answer(response, 200, Object.assign({ status: { phase, containerStatuses } }, pod));
    })();
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'v4.channel.k8s.io' });
  sockets.on('connection', (socket, request) => {
    const name = request.url?.split('/')[6] ?? '';
    void attach(socket, name);
  });
  const attach = async (socket: WebSocket, name: string) => {
    const early: Buffer[] = [];
    let sandbox: Sandbox | undefined;
    socket.on('message', (data: Buffer) => {
      if (data[0] !== STDIN) return;
      if (sandbox) sandbox.input.write(data.subarray(1));
      else early.push(data.subarray(1));
    });
    const program = pods.get(name)?.spec?.containers[0]?.command?.at(-1) ?? '';
    sandbox = await kubelet.start(LIMITS, program);
    running.set(name, sandbox);
    for (const data of early) sandbox.input.write(data);
    sandbox.output.on('data', (data: Buffer) => socket.send(Buffer.concat([Buffer.from([STDOUT]), data])));
    void sandbox.ended.then(() => socket.close());
    // stdinOnce: a pod whose one reader is gone ends.
    socket.on('close', () => sandbox?.input.end());
  };
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cluster = new KubeConfig();
  const { port } = server.address() as AddressInfo;
  cluster.loadFromClusterAndUser(
    { name: 'fake', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    { name: 'workbench', token: 'of this test' },
  );
  return {
    cluster,
    pods,
    requests,
    behaviour,
    /** As a node that lost power does. */
    endAll: () => Promise.all([...running.values()].map((sandbox) => sandbox.stop())),
    close: async () => {
      await Promise.all([...running.values()].map((sandbox) => sandbox.stop()));
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function read(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname } = new URL(request.url ?? '', 'http://cluster');
  return { method: request.method, path: pathname, body: text ? (JSON.parse(text) as unknown) : undefined };
}

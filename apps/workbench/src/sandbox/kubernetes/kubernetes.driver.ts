import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiException, Attach, CoreV1Api, KubeConfig, type V1Pod } from '@kubernetes/client-node';
import type { WorkbenchConfig } from '../../config.js';
import type { Sandbox, SandboxDriver, SandboxLimits } from '../sandbox.js';
import { CONTAINER, LABEL, LABEL_VALUE, REPLICA_LABEL, sandboxPod } from './pod.js';

const LOOK_MS = 300;
/** An image that has to be fetched first takes its time. */
const START_LIMIT_MS = 90_000;
const NOT_FOUND = 404;
const GRACE_SECONDS = 0;
/** Read ahead of what a pod sends. */
const UNREAD_BYTES = 1024 * 1024;

export interface KubernetesOptions {
  namespace: string;
  image: string;
  runtimeClass: string | undefined;
}

/** Sandboxes as pods, one a session. We speak with the agent through the API server; the pod has no network at all. */
export class KubernetesDriver implements SandboxDriver {
  readonly name = 'kubernetes';
  readonly canMount = false;
  private readonly pods: CoreV1Api;
  private readonly replica = hostname().slice(0, 63);

  constructor(
    private readonly cluster: KubeConfig,
    private readonly options: KubernetesOptions,
  ) {
    this.pods = cluster.makeApiClient(CoreV1Api);
  }

  static fromConfig(config: WorkbenchConfig): KubernetesDriver {
    const cluster = new KubeConfig();
    // The pod's own account inside of a cluster, else the operator's kubeconfig.
    cluster.loadFromDefault();
    return new KubernetesDriver(cluster, {
      namespace: config.PATCHBAY_WORKBENCH_K8S_NAMESPACE,
      image: config.PATCHBAY_WORKBENCH_K8S_IMAGE,
      runtimeClass: config.PATCHBAY_WORKBENCH_K8S_RUNTIME_CLASS,
    });
  }

  async check(): Promise<string | null> {
    const { namespace } = this.options;
    try {
      await this.pods.listNamespacedPod({ namespace, labelSelector: `${LABEL}=${LABEL_VALUE}`, limit: 1 });
      return null;
    } catch (error) {
      return `Pods in the namespace ${namespace} cannot be managed: ${messageOf(error)}. See docs/operating/kubernetes.md.`;
    }
  }

  async start(limits: SandboxLimits, program: string): Promise<Sandbox> {
    const name = `sandbox-${randomUUID()}`;
    const { namespace } = this.options;
    const body = sandboxPod(limits, { ...this.options, name, replica: this.replica, program });
    try {
      await this.pods.createNamespacedPod({ namespace, body });
      await this.untilRunning(name);
      return await this.attach(name);
    } catch (error) {
      await this.remove(name).catch(() => undefined);
      throw new Error(messageOf(error), { cause: error });
    }
  }

  /** Removes pods that an earlier process of this replica left behind. */
  async tidy(): Promise<void> {
    const { namespace } = this.options;
    const labelSelector = `${LABEL}=${LABEL_VALUE},${REPLICA_LABEL}=${this.replica}`;
    const { items } = await this.pods.listNamespacedPod({ namespace, labelSelector });
    await Promise.all(items.map(({ metadata }) => this.remove(metadata?.name ?? '')));
  }

  private async attach(name: string): Promise<Sandbox> {
    const input = new PassThrough();
    const output = new PassThrough({ highWaterMark: UNREAD_BYTES });
    const socket = await new Attach(this.cluster).attach(
      this.options.namespace,
      name,
      CONTAINER,
      output,
      null,
      input,
      false,
    );
    // The client writes on whatever the stream says: what is not read yet has to wait at the API server.
    socket.addEventListener('message', () => {
      if (!output.writableNeedDrain || socket.isPaused) return;
      socket.pause();
      output.once('drain', () => socket.resume());
    });
    const ended = new Promise<string>((resolve) => {
      socket.addEventListener('close', () => resolve('its pod ended, or the line to it was cut'));
      socket.addEventListener('error', ({ message }: { message: string }) =>
        resolve(`the line to its pod broke: ${message}`),
      );
    }).then(async (reason) => {
      output.end();
      await this.remove(name).catch(() => undefined);
      return reason;
    });
    return {
      id: name,
      input,
      output,
      unread: () => input.readableLength + input.writableLength + socket.bufferedAmount,
      ended,
      stop: async () => {
        socket.close();
        await this.remove(name).catch(() => undefined);
        await ended;
      },
    };
  }

  private async untilRunning(name: string): Promise<void> {
    const until = Date.now() + START_LIMIT_MS;
    for (;;) {
      const pod = await this.pods.readNamespacedPod({ name, namespace: this.options.namespace });
      if (pod.status?.phase === 'Running') return;
      const reason = failureOf(pod);
      if (reason) throw new Error(reason);
      if (Date.now() > until) throw new Error('its pod was not scheduled in time');
      await delay(LOOK_MS);
    }
  }

  private async remove(name: string): Promise<void> {
    try {
      await this.pods.deleteNamespacedPod({
        name,
        namespace: this.options.namespace,
        gracePeriodSeconds: GRACE_SECONDS,
      });
    } catch (error) {
      if (!(error instanceof ApiException) || error.code !== NOT_FOUND) throw error;
    }
  }
}

const PERMANENT_FAILURES = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'CreateContainerError',
]);

/** Why a pod will never run; undefined while it still may. */
function failureOf({ status }: V1Pod): string | undefined {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded')
    return `its pod ended: ${status.message ?? ''}`;
  const waiting = status?.containerStatuses?.[0]?.state?.waiting;
  if (waiting?.reason && PERMANENT_FAILURES.has(waiting.reason))
    return `${waiting.reason}: ${waiting.message ?? ''}`;
  return undefined;
}

function messageOf(error: unknown): string {
  if (error instanceof ApiException) return `the API server answered ${error.code}`;
  return error instanceof Error ? error.message : 'the API server could not be reached';
}

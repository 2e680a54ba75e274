import { randomInt } from 'node:crypto';
import type { V1Pod, V1Volume } from '@kubernetes/client-node';
import type { SandboxLimits } from '../sandbox.js';

export const CONTAINER = 'sandbox';
export const LABEL = 'app.kubernetes.io/name';
export const LABEL_VALUE = 'patchbay-sandbox';
export const REPLICA_LABEL = 'patchbay.dev/replica';

/** Each sandbox as another user: limits that count by user are then its own. */
const USERS = { from: 1_900_000_000, to: 1_900_999_999 };
/** Of the node: nothing can be written there, but a runtime keeps what a container says as its log. */
const NODE_DISK = '128Mi';
const WRITABLE = { home: '/home/user', files: '/mnt/files', tmp: '/tmp' };

export interface PodOptions {
  name: string;
  namespace: string;
  image: string;
  runtimeClass: string | undefined;
  replica: string;
  program: string;
}

/**
 * A sandbox as a pod: no credential of the cluster, no right, nothing to write to but its own memory files. That it
 * has no network is the namespace's policy (`infra/helm/patchbay/templates/sandboxes.yaml`).
 */
export function sandboxPod(limits: SandboxLimits, options: PodOptions): V1Pod {
  const user = randomInt(USERS.from, USERS.to);
  const resources = {
    cpu: String(limits.cpus),
    memory: String(limits.memoryBytes),
    'ephemeral-storage': NODE_DISK,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: options.name,
      namespace: options.namespace,
      labels: { [LABEL]: LABEL_VALUE, [REPLICA_LABEL]: options.replica },
    },
    spec: {
      ...(options.runtimeClass && { runtimeClassName: options.runtimeClass }),
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // Its init is the pod's own, which sees off what ended.
      shareProcessNamespace: true,
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['127.0.0.1'] },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        fsGroup: user,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: CONTAINER,
          image: options.image,
          command: ['python3', '-I', '-u', '-c', options.program],
          workingDir: WRITABLE.home,
          // When we are gone its input ends, and the agent with it.
          stdin: true,
          stdinOnce: true,
          resources: { limits: resources, requests: { ...resources, cpu: '100m' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: Object.entries(WRITABLE).map(([name, mountPath]) => ({ name, mountPath })),
        },
      ],
      volumes: Object.keys(WRITABLE).map((name) => memoryVolume(name, limits.diskBytes)),
    },
  };
}

function memoryVolume(name: string, bytes: number): V1Volume {
  return { name, emptyDir: { medium: 'Memory', sizeLimit: String(bytes) } };
}

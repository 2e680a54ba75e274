/*
 * What an API server with admission on says of the chart: it is installed by Helm itself, its pods are asked for as
 * the controllers would, and the rights of its accounts are tried.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const NAMESPACE = 'patchbay';
export const TRIAL = 'patchbay-trial';
const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const SANDBOX_LIMITS = { cpus: 1, memoryBytes: 1024 ** 3, diskBytes: 256 * 1024 ** 2, processes: 64 };

/**
 * What a cluster has before: the definitions of the operators, the runtime class, a namespace that enforces.
 * @param {import('./api-server.mjs').ApiServer} server
 * @param {string[]} definitionFolders
 */
export async function prepare(server, definitionFolders) {
  let definitions = 0;
  for (const folder of definitionFolders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
      for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
        const object = document.toJS();
        if (object?.kind !== 'CustomResourceDefinition') continue;
        const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${object.metadata.name}`;
        await must(server.call('PATCH', `${path}?fieldManager=verify&force=true`, object));
        definitions += 1;
      }
    }
  }
  for (const name of [NAMESPACE, TRIAL]) {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: RESTRICTED } };
    await must(server.call('POST', '/api/v1/namespaces', namespace));
    await makeDefaultAccount(server, name);
  }
  const runtime = {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'gvisor' },
    handler: 'runsc',
  };
  await must(server.call('POST', '/apis/node.k8s.io/v1/runtimeclasses', runtime));
  return `${definitions} definitions of operators`;
}

/** As a controller makes it in each namespace. */
function makeDefaultAccount(server, namespace) {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
  return must(server.call('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, account));
}

/**
 * Every pod of the installed deployments, sets and jobs, as their controllers would ask for it.
 * @param {import('./api-server.mjs').ApiServer} server
 */
export async function admitPods(server) {
  let admitted = 0;
  for (const namespace of [NAMESPACE, TRIAL]) {
    const pods = `/api/v1/namespaces/${namespace}/pods?dryRun=All`;
    for (const { metadata, spec } of await ownersOfPods(server, namespace)) {
      const { template } = spec;
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name: `${metadata.name}-tried` },
        spec: withClaims(template.spec, spec.volumeClaimTemplates),
      };
      const { warnings } = await must(server.call('POST', pods, pod));
      if (warnings.length > 0) throw new Error(`${metadata.name}: ${warnings.join('; ')}`);
      admitted += 1;
    }
    const refused = await server.call('POST', pods, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'careless' },
      spec: { serviceAccountName: 'auth', containers: [{ name: 'careless', image: 'patchbay' }] },
    });
    if (refused.status !== 403 || !/restricted/.test(refused.body.message))
      throw new Error(`A careless pod is not refused: ${refused.status} ${refused.body.message}`);
  }
  return `${admitted} pods of production and of a trial admitted, a careless one refused`;
}

async function ownersOfPods(server, namespace) {
  const owners = [];
  for (const [group, kind] of [
    ['apps', 'deployments'],
    ['apps', 'statefulsets'],
    ['batch', 'jobs'],
  ]) {
    const { body } = await must(server.call('GET', `/apis/${group}/v1/namespaces/${namespace}/${kind}`));
    owners.push(...body.items);
  }
  return owners;
}

/** A StatefulSet's controller adds the volumes of its claims. */
function withClaims(spec, claims = []) {
  const volumes = claims.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: name },
  }));
  return { ...spec, volumes: [...(spec.volumes ?? []), ...volumes] };
}

/**
 * The pod that the workbench's driver makes, as the workbench, and as others, who may not.
 * @param {import('./api-server.mjs').ApiServer} server
 * @param {(limits: object, options: object) => { metadata: object }} sandboxPod
 */
export async function admitSandboxes(server, sandboxPod) {
  const namespace = 'patchbay-sandboxes';
  await makeDefaultAccount(server, namespace);
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const options = {
    name: 'sandbox-tried',
    namespace,
    image: 'python:3.12-slim',
    runtimeClass: 'gvisor',
    replica: 'tried',
    program: '',
  };
  const as = (name) => `system:serviceaccount:${NAMESPACE}:${name}`;
  const pod = sandboxPod(SANDBOX_LIMITS, options);
  // Not as a dry run, for the quota to count it.
  const { warnings } = await must(server.call('POST', path, pod, as('workbench')));
  if (warnings.length > 0) throw new Error(warnings.join('; '));
  await must(server.call('GET', path, undefined, as('workbench')));
  const beside = `/api/v1/namespaces/${NAMESPACE}`;
  const trespasses = {
    'another service makes a pod': ['POST', `${path}?dryRun=All`, 'tools', pod],
    'the workbench reads secrets': ['GET', `${beside}/secrets`, 'workbench'],
    'the workbench makes pods beside the services': ['POST', `${beside}/pods?dryRun=All`, 'workbench', pod],
    'the workbench lifts its quota': [
      'DELETE',
      `/api/v1/namespaces/${namespace}/resourcequotas/sandboxes`,
      'workbench',
    ],
  };
  for (const [what, [method, target, name, body]] of Object.entries(trespasses)) {
    const { status } = await server.call(method, target, body, as(name));
    if (status !== 403) throw new Error(`${what}: ${status}`);
  }
  const unknown = sandboxPod(SANDBOX_LIMITS, {
    ...options,
    name: 'sandbox-unknown',
    runtimeClass: 'unheard-of',
  });
  const { status } = await server.call('POST', path, unknown, as('workbench'));
  if (status !== 403) throw new Error(`a runtime class that does not exist: ${status}`);
  await must(server.call('DELETE', `${path}/sandbox-tried`, undefined, as('workbench')));
  return `admitted under the runtime class, ${Object.keys(trespasses).length + 1} trespasses refused`;
}

/** @template {{ status: number, body: any }} T @param {Promise<T>} answer */
async function must(answer) {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`the API server answered ${status}: ${body?.message ?? body}`);
  return answer;
}

/*
 * What the checks take from the Go module proxy, pinned: programs, which are built once and kept, and the schemas and
 * definitions that come in the modules of Kubernetes and of the operators that the chart's production values ask for.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/patchbay-verify', import.meta.url));
/** A build on a machine with two busy processors. */
const BUILD_MS = 20 * 60_000;
const SERVER_BUILD_MS = 40 * 60_000;
const DOWNLOAD_MS = 5 * 60_000;

const PROGRAMS = {
  helm: { package: 'helm.sh/helm/v4/cmd/helm', version: 'v4.3.2' },
  kubeconform: { package: 'github.com/yannh/kubeconform/cmd/kubeconform', version: 'v0.8.0' },
  // The version that compose pins.
  'nats-server': { package: 'github.com/nats-io/nats-server/v2', version: 'v2.14.4' },
  kustomize: { package: 'sigs.k8s.io/kustomize/kustomize/v5', version: 'v5.8.1' },
  'kube-score': { package: 'github.com/zegl/kube-score/cmd/kube-score', version: 'v1.20.0' },
};

export const KUBERNETES = { module: 'k8s.io/kubernetes', version: 'v1.37.2' };

/** Where each keeps its CustomResourceDefinitions. */
const DEFINITIONS = [
  { module: 'sigs.k8s.io/gateway-api', version: 'v1.5.1', folder: 'config/crd/standard' },
  { module: 'github.com/cert-manager/cert-manager', version: 'v1.21.2', folder: 'deploy/crds' },
  { module: 'github.com/external-secrets/external-secrets', version: 'v1.3.2', folder: 'config/crds/bases' },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    folder: 'example/prometheus-operator-crd',
  },
];

/**
 * A program, built when it is not there yet.
 * @param {keyof typeof PROGRAMS} name
 * @returns {string} its path
 */
export function program(name) {
  const { package: path, version } = PROGRAMS[name];
  const folder = join(CACHE, `${name}-${version}`);
  const file = join(folder, name);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  process.stdout.write(`      builds ${path}@${version}\n`);
  go(['install', '-trimpath', '-ldflags=-s', `${path}@${version}`], BUILD_MS, { GOBIN: folder });
  return file;
}

/** Built together out of server/go.mod, as Kubernetes cannot be installed by its path. */
export function apiServer() {
  const folder = join(CACHE, `server-${KUBERNETES.version}`);
  const files = { apiServer: join(folder, 'kube-apiserver'), etcd: join(folder, 'server') };
  if (Object.values(files).every(existsSync)) return files;
  mkdirSync(folder, { recursive: true });
  process.stdout.write(
    `      builds ${KUBERNETES.module}@${KUBERNETES.version}: ten minutes of two processors\n`,
  );
  const packages = ['k8s.io/kubernetes/cmd/kube-apiserver', 'go.etcd.io/etcd/server/v3'];
  const module = fileURLToPath(new URL('server', import.meta.url));
  // What it says it is: Helm compares it with what the chart asks for.
  const flags = `-ldflags=-s -X k8s.io/component-base/version.gitVersion=${KUBERNETES.version}`;
  go(['build', '-trimpath', flags, '-o', `${folder}/`, ...packages], SERVER_BUILD_MS, {}, module);
  return files;
}

/**
 * A module's sources.
 * @param {{ module: string, version: string }} wanted
 * @returns {string} their folder
 */
export function sources({ module, version }) {
  return JSON.parse(go(['mod', 'download', '-json', `${module}@${version}`], DOWNLOAD_MS)).Dir;
}

/** The folders with CustomResourceDefinitions. */
export function definitionFolders() {
  return DEFINITIONS.map((one) => join(sources(one), one.folder));
}

/**
 * @param {string[]} args
 * @param {number} timeout
 * @param {Record<string, string>} [env]
 * @param {string} [cwd] by default outside of any module, so that nothing but the pinned version says what is built
 */
function go(args, timeout, env = {}, cwd = '/') {
  try {
    return execFileSync('go', args, { cwd, encoding: 'utf8', timeout, env: { ...process.env, ...env } });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT')
      throw new Error('Go is not installed, 1.26 or newer', { cause: error });
    throw error;
  }
}

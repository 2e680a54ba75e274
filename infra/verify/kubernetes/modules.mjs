/*
 * What the checks of the chart take from the Go module proxy, pinned: an API server, and the schemas and definitions that
 * come in the modules of Kubernetes and of the operators that the chart's production values ask for.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { go, kept } from '../programs.mjs';

const SERVER_BUILD_MS = 40 * 60_000;
const DOWNLOAD_MS = 5 * 60_000;

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

/** Built together out of server/go.mod, as Kubernetes cannot be installed by its path. */
export function apiServer() {
  const name = `server-${KUBERNETES.version}`;
  const apiServer = kept(name, 'kube-apiserver', (folder) => {
    process.stdout.write(
      `      builds ${KUBERNETES.module}@${KUBERNETES.version}: ten minutes of two processors\n`,
    );
    const packages = ['k8s.io/kubernetes/cmd/kube-apiserver', 'go.etcd.io/etcd/server/v3'];
    const module = fileURLToPath(new URL('server', import.meta.url));
    // What it says it is: Helm compares it with what the chart asks for.
    const flags = `-ldflags=-s -X k8s.io/component-base/version.gitVersion=${KUBERNETES.version}`;
    go(['build', '-trimpath', flags, '-o', `${folder}/`, ...packages], SERVER_BUILD_MS, {}, module);
  });
  return { apiServer, etcd: join(dirname(apiServer), 'server') };
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

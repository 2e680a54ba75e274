/*
 * Checks the Helm chart: by Helm, by the schemas of Kubernetes and of the operators, by a policy checker and by NATS; runs its
 * pods as processes; and installs it to a real API server. Needs Go 1.26 and the Go module proxy the first time; what is built is kept in
 * ~/.cache/patchbay-verify. From a built repository:
 *   node infra/verify/kubernetes.mjs [--without-api-server]
 * The last line is JSON: what was run, and what was only looked at.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServer } from './kubernetes/api-server.mjs';
import { CHART, PRODUCTION } from './kubernetes/chart.mjs';
import { run } from './kubernetes/commands.mjs';
import { admitPods, admitSandboxes, prepare, TRIAL } from './kubernetes/installed.mjs';
import { definitionFolders, KUBERNETES } from './kubernetes/modules.mjs';
import { look } from './kubernetes/rendered.mjs';
import { runPods } from './kubernetes/running.mjs';
import { program } from './programs.mjs';
import { Report } from './report.mjs';
import { upgrade } from './kubernetes/upgrade.mjs';

const report = new Report('kubernetes');
const scratch = mkdtempSync(join(tmpdir(), 'patchbay-kubernetes-'));
/** @type {ApiServer | undefined} */
let server;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

try {
  await look(report, scratch);
  await runPods(report, scratch);
  if (!process.argv.includes('--without-api-server')) await install();
} catch (error) {
  // What the checks themselves need could not be had.
  await report.check('the tools', 'checked', () => Promise.reject(error));
} finally {
  await cleanUp();
}
process.exitCode = report.end();

async function install() {
  server = new ApiServer(join(scratch, 'server'));
  mkdirSync(server.folder);
  const folders = definitionFolders();
  const isUp = await report.check(`an API server, Kubernetes ${KUBERNETES.version}`, 'run', async () => {
    await server?.start();
    return prepare(/** @type {ApiServer} */ (server), folders);
  });
  if (!isUp) return;
  const environment = { KUBECONFIG: server.kubeconfig, HELM_DRIVER: 'secret' };
  const helm = (args) => run(program('helm'), args, environment);
  const current = server;
  await report.check('helm install', 'run', () => {
    helm(['install', 'patchbay', CHART, '--namespace', 'patchbay', ...PRODUCTION]);
    helm(['install', 'patchbay', CHART, '--namespace', TRIAL]);
    return 'production, with what it asks of operators, and a trial';
  });
  await report.check('Pod Security "restricted"', 'run', () => admitPods(current));
  await report.check('sandboxes', 'run', async () => {
    const { sandboxPod } = await import('../../apps/workbench/dist/sandbox/kubernetes/pod.js');
    return admitSandboxes(current, sandboxPod);
  });
  await report.check('an upgrade', 'run', () => upgrade(current, [CHART, ...PRODUCTION]));
  await report.check('a trial keeps its secrets', 'run', async () => {
    const before = await secretsOf(current, TRIAL);
    // Without a node, the hook's job would never end.
    helm([
      'upgrade',
      'patchbay',
      CHART,
      '--namespace',
      TRIAL,
      '--no-hooks',
      '--set',
      'services.tools.replicas=2',
    ]);
    const upgraded = await secretsOf(current, TRIAL);
    helm(['uninstall', 'patchbay', '--namespace', TRIAL]);
    helm(['install', 'patchbay', CHART, '--namespace', TRIAL]);
    const again = await secretsOf(current, TRIAL);
    if (JSON.stringify(before) !== JSON.stringify(upgraded)) throw new Error('an upgrade made others');
    if (JSON.stringify(before) !== JSON.stringify(again))
      throw new Error('a second installation made others');
    return `${Object.values(before).flatMap(Object.keys).length} made by the installation, the same after an upgrade and another installation`;
  });
}

/** @param {ApiServer} api @param {string} namespace */
async function secretsOf(api, namespace) {
  const names = ['patchbay', 'patchbay-nats', 'patchbay-postgres'];
  const secrets = await Promise.all(
    names.map(async (name) => {
      const { status, body } = await api.call('GET', `/api/v1/namespaces/${namespace}/secrets/${name}`);
      if (status !== 200) throw new Error(`the secret ${name}: ${status}`);
      return [name, body.data];
    }),
  );
  return Object.fromEntries(secrets);
}

async function cleanUp() {
  await server?.stop();
  server = undefined;
  rmSync(scratch, { recursive: true, force: true });
}

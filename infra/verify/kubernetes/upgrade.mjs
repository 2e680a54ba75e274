/*
 * An upgrade by Helm against an API server: the migrations' job first, and nothing else while it has not ended well.
 * There are no nodes, so its end is told here, as the job's controller would tell it.
 */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LIMITS } from './commands.mjs';
import { program } from '../programs.mjs';

const NAMESPACE = 'patchbay';
const JOB_MS = 60_000;
const run = promisify(execFile);

/**
 * @param {import('./api-server.mjs').ApiServer} server
 * @param {string[]} values of the installed release, and the chart
 */
export async function upgrade(server, values) {
  const before = await imagesOf(server);
  const helm = async (tag, ends) => {
    const args = ['upgrade', 'patchbay', ...values, '--namespace', NAMESPACE, '--set', `image.tag=${tag}`];
    const env = { ...process.env, KUBECONFIG: server.kubeconfig };
    const upgraded = run(program('helm'), [...args, '--timeout', '60s'], { ...LIMITS, env }).then(
      () => true,
      () => false,
    );
    const job = await jobOf(server, tag);
    const during = await imagesOf(server);
    if (during.join() !== before.join()) throw new Error(`deployments changed before the migrations ended`);
    await end(server, job, ends);
    return upgraded;
  };
  if (await helm('broken', 'Failed')) throw new Error('migrations failed and the upgrade went on');
  if ((await imagesOf(server)).join() !== before.join())
    throw new Error('a failed upgrade changed deployments');
  if (!(await helm('next', 'Complete'))) throw new Error('migrations ended well and the upgrade did not');
  const after = await imagesOf(server);
  if (!after.every((image) => image.endsWith(':next'))) throw new Error(`not upgraded: ${after.join(', ')}`);
  return `${after.length} deployments changed after the migrations, none after migrations that failed`;
}

async function imagesOf(server) {
  const { body } = await server.call('GET', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`);
  return body.items.map(({ spec }) => spec.template.spec.containers[0].image).toSorted();
}

async function jobOf(server, tag) {
  for (const until = Date.now() + JOB_MS; Date.now() < until; await delay(250)) {
    const { body } = await server.call('GET', `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`);
    const found = body.items.find(({ spec }) => spec.template.spec.containers[0].image.endsWith(`:${tag}`));
    if (found) return found;
  }
  throw new Error(`the job that migrates to ${tag} is not there`);
}

/** @param {import('./api-server.mjs').ApiServer} server @param {any} job @param {'Complete' | 'Failed'} how */
async function end(server, job, how) {
  const now = new Date().toISOString();
  const condition = (type) => ({ type, status: 'True', lastProbeTime: now, lastTransitionTime: now });
  const status =
    how === 'Complete'
      ? { completionTime: now, succeeded: 1, conditions: ['SuccessCriteriaMet', how].map(condition) }
      : { failed: 1, conditions: ['FailureTarget', how].map(condition) };
  const { metadata } = job;
  const path = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs/${metadata.name}/status`;
  const answer = await server.call('PUT', path, { ...job, status: { startTime: now, ...status } });
  if (answer.status !== 200) throw new Error(`the job's end: ${answer.status} ${answer.body.message}`);
}

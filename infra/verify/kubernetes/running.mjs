/* The pods of the chart, run: a trial, and what production has more of NATS. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { CHART, PRODUCTION } from './chart.mjs';
import { run } from './commands.mjs';
import { program } from '../programs.mjs';
import { PodProcesses } from './processes.mjs';

const SERVERS = [0, 1, 2].map((index) => `nats-${index}.nats:4222`).join();
const CALL_MS = 30_000;
/** Of production, what this machine has not: a bucket, and a cluster for sandboxes. */
const HERE = ['files.s3.bucket=', 'files.accessMode=ReadWriteMany', 'sandboxes.enabled=false'];

/**
 * @param {import('../report.mjs').Report} report
 * @param {string} scratch
 */
export async function runPods(report, scratch) {
  await report.check('the pods of a trial', 'run', () => {
    const objects = render([]);
    const made = objects.filter(({ kind }) => kind === 'Secret');
    const secrets = Object.fromEntries(made.map(({ metadata, data }) => [metadata.name, decoded(data)]));
    return serve(objects, secrets, secrets['patchbay-postgres'].password, join(scratch, 'trial'), 1);
  });
  await report.check('the pods of production, three servers of NATS by TLS', 'run', () => {
    const objects = render([...PRODUCTION, ...HERE.flatMap((value) => ['--set', value])]);
    const folder = join(scratch, 'production');
    makeCertificate(join(folder, 'tls'));
    const password = `p${randomBytes(20).toString('hex')}`;
    return serve(objects, ownSecrets(objects, password), password, folder, 3);
  });
}

async function serve(objects, secrets, password, folder, copies) {
  const pods = new PodProcesses(objects, secrets, folder);
  let seen;
  let bad;
  try {
    const started = Date.now();
    const services = await pods.start(password);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    seen = `${services} services ready by their probes after ${seconds} s and ${pods.restarts} restarts`;
    await callTool(pods.gateway, secrets.patchbay.PATCHBAY_API_KEY);
    seen += await streamsOf(pods, copies);
  } finally {
    bad = await pods.stop();
  }
  if (bad.length > 0) throw new Error(`did not stop well: ${bad.join(', ')}`);
  return `${seen}, a session and a tool call, and a clean stop`;
}

/** @param {PodProcesses} pods @param {number} copies that each stream should have */
async function streamsOf(pods, copies) {
  const streams = await pods.streams();
  const others = Object.entries(streams).filter(([, replicas]) => replicas !== copies);
  if (others.length > 0) throw new Error(`not ${copies} copies: ${JSON.stringify(others)}`);
  return `, ${Object.keys(streams).length} streams in ${copies} ${copies === 1 ? 'copy' : 'copies'}`;
}

/** @param {string} gateway @param {string} key */
async function callTool(gateway, key) {
  const post = async (path, body) => {
    const response = await fetch(`${gateway}/api/v3.1/tool_router/session${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(CALL_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
  const { session_id: id } = await post('', { user_id: 'verify', toolkits: { enable: ['time'] } });
  const call = { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Europe/Paris' } };
  const { error } = await post(`/${id}/execute`, call);
  if (error !== null) throw new Error(JSON.stringify(error));
}

/** The secrets that an operator makes, with the keys that the operators' page names. */
function ownSecrets(objects, password) {
  const secret = () => `p${randomBytes(20).toString('hex')}`;
  const services = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
  const nats = Object.fromEntries(services.map((name) => [`NATS_${name.toUpperCase()}_PASSWORD`, secret()]));
  const url = (user, own) => `postgres://${user}:${own}@postgres:5432/patchbay`;
  const owners = services.filter((name) => name !== 'gateway');
  return {
    'patchbay-nats': nats,
    patchbay: {
      DATABASE_URL: url('patchbay', password),
      ...Object.fromEntries(
        owners.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, url(`patchbay_${name}`, secret())]),
      ),
      ...Object.fromEntries(
        services.map((name) => [
          `NATS_URL_${name.toUpperCase()}`,
          `tls://${name}:${nats[`NATS_${name.toUpperCase()}_PASSWORD`]}@${SERVERS}`,
        ]),
      ),
      PATCHBAY_ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
      PATCHBAY_FILES_SECRET: secret(),
      PATCHBAY_API_KEY: `ak_${secret()}`,
      PATCHBAY_ORG_API_KEY: `oak_${secret()}`,
    },
  };
}

function render(values) {
  const text = run(program('helm'), ['template', 'patchbay', CHART, '--namespace', 'patchbay', ...values]);
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter(Boolean);
}

function decoded(data) {
  const entries = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return Object.fromEntries(entries);
}

/** What cert-manager would make: one certificate for servers and routes, here its own authority. */
export function makeCertificate(folder) {
  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name);
  const certificate = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=nats'];
  const names = ['-addext', 'subjectAltName=DNS:nats,DNS:localhost,IP:127.0.0.1'];
  run('openssl', ['req', ...certificate, ...names, '-keyout', at('tls.key'), '-out', at('tls.crt')]);
  writeFileSync(at('ca.crt'), readFileSync(at('tls.crt')));
}

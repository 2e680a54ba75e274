/*
 * The chart's pods as processes of this machine: their commands with nothing but their variables, all at once, as a
 * cluster starts them, and started again when they end. What differs is where they run: addresses, ports and paths.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, startPostgres } from '../../local/dist/index.js';
import { ROOT } from './chart.mjs';
import { program } from '../programs.mjs';

const READY_MS = 120_000;
const STOP_MS = 40_000;
const LOOK_MS = 250;
const BACKOFF_MS = 1_000;
const OWN_PORTS = ['PORT', 'PATCHBAY_METRICS_PORT'];

export class PodProcesses {
  /** @type {Map<string, { child: import('node:child_process').ChildProcess, ended: Promise<number | string> }>} */
  #running = new Map();
  /** @type {Record<string, Record<string, number>>} */
  #ports = {};
  #postgres;
  #isStopping = false;
  /** How often a pod ended and was started again. */
  restarts = 0;

  /**
   * @param {any[]} objects what the chart makes
   * @param {Record<string, Record<string, string>>} secrets by name and key
   * @param {string} folder where it keeps everything
   */
  constructor(objects, secrets, folder) {
    Object.assign(this, { objects, secrets, folder });
    mkdirSync(join(folder, 'logs'), { recursive: true });
    mkdirSync(join(folder, 'files'));
  }

  get gateway() {
    return `http://127.0.0.1:${this.#ports.gateway?.PORT}`;
  }

  /** @param {string} password of the role that makes the others */
  async start(password) {
    this.#postgres = await startPostgres({ ephemeral: true, password });
    const servers = this.#of('StatefulSet').find(({ metadata }) => metadata.name === 'nats');
    for (let index = 0; index < servers.spec.replicas; index++) await this.#reserve(`nats-${index}`);
    const deployments = this.#of('Deployment');
    for (const { metadata } of deployments) await this.#reserve(metadata.name);
    for (let index = 0; index < servers.spec.replicas; index++) this.#startNats(servers, index);
    const [job] = this.#of('Job');
    this.#keep('migrate', job, (code) => code !== 0);
    for (const deployment of deployments) this.#keep(deployment.metadata.name, deployment, () => true);
    for (const deployment of deployments) await this.#untilReady(deployment);
    return deployments.length;
  }

  /** How many servers of NATS keep each stream. @returns {Promise<Record<string, number>>} */
  async streams() {
    const url = `http://127.0.0.1:${this.#ports['nats-0'].PATCHBAY_METRICS_PORT}/jsz?streams=true&config=true&accounts=true`;
    const { account_details: accounts } = await fetch(url).then((answer) => answer.json());
    const streams = accounts.flatMap(({ stream_detail: details }) => details ?? []);
    return Object.fromEntries(streams.map(({ name, config }) => [name, config.num_replicas]));
  }

  /** Says which did not end by themselves and well. */
  async stop() {
    this.#isStopping = true;
    const bad = [];
    for (const [name, { child, ended }] of [...this.#running].toReversed()) {
      child.kill('SIGTERM');
      const inTime = await Promise.race([ended.then(() => true), delay(STOP_MS, false, { ref: false })]);
      if (!inTime) child.kill('SIGKILL');
      const code = await ended;
      if (code !== 0 && !name.startsWith('nats')) bad.push(`${name}: ${code}`);
    }
    await this.#postgres?.stop();
    return bad;
  }

  #of(kind) {
    return this.objects.filter((object) => object.kind === kind);
  }

  async #reserve(name) {
    const [PORT, PATCHBAY_METRICS_PORT, cluster] = [await freePort(), await freePort(), await freePort()];
    this.#ports[name] = { PORT, PATCHBAY_METRICS_PORT, cluster };
  }

  #startNats({ spec }, index) {
    const name = `nats-${index}`;
    const own = join(this.folder, name);
    mkdirSync(own, { recursive: true });
    const { PORT, PATCHBAY_METRICS_PORT, cluster } = this.#ports[name];
    for (const [file, text] of this.#of('ConfigMap').flatMap(({ data }) => Object.entries(data))) {
      const here = text
        .replaceAll('/etc/nats-tls/', `${this.folder}/tls/`)
        .replace('/data', join(own, 'data'))
        .replace('/run/nats', own)
        .replace('http: 8222', `http: "127.0.0.1:${PATCHBAY_METRICS_PORT}"`)
        .replace('0.0.0.0:4222', `127.0.0.1:${PORT}`)
        .replace('0.0.0.0:6222', `127.0.0.1:${cluster}`)
        .replace(/nats-(\d)\.nats:6222/g, (_, other) => `127.0.0.1:${this.#ports[`nats-${other}`].cluster}`);
      writeFileSync(join(own, file), here);
    }
    const [container] = spec.template.spec.containers;
    const env = { ...this.#environment(container), POD_NAME: name };
    this.#spawn(name, program('nats-server'), ['-c', join(own, 'server.conf')], env);
  }

  /** Starts a pod again when it ends, as its restart policy asks for. */
  #keep(name, { spec }, isToRestart) {
    const pod = spec.template.spec;
    const [container] = pod.containers;
    const mounted = this.#mount(name, pod);
    const own = Object.entries(this.#environment(container, name)).map(([variable, text]) => [
      variable,
      mounted.reduce((here, { path, folder }) => here.replace(path, folder), text),
    ]);
    const env = { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...Object.fromEntries(own) };
    const { ended } = this.#spawn(name, process.execPath, container.command.slice(1), env);
    void ended.then(async (code) => {
      if (this.#isStopping || !isToRestart(code)) return;
      this.restarts += 1;
      await delay(BACKOFF_MS);
      if (!this.#isStopping) this.#keep(name, { spec }, isToRestart);
    });
  }

  /** The variables of a container; one whose secret lacks its key would not start in a cluster either. */
  #environment({ env = [], envFrom = [] }, name) {
    const found = envFrom.flatMap(({ secretRef }) => Object.entries(this.#secret(secretRef.name)));
    for (const { name: variable, value, valueFrom } of env) {
      const from = valueFrom?.secretKeyRef;
      const text = from ? this.#secret(from.name)[from.key] : value;
      if (text === undefined && from && !from.optional) throw new Error(`${from.name} has no ${from.key}`);
      if (text !== undefined) found.push([variable, this.#here(variable, text, name)]);
    }
    return { PATH: process.env.PATH, ...Object.fromEntries(found) };
  }

  /** The files of the secrets that a pod mounts, where they are here. */
  #mount(name, { volumes = [], containers: [{ volumeMounts = [] }] }) {
    const found = volumeMounts.map(({ name: volume, mountPath: path }) => {
      const { secret } = volumes.find((one) => one.name === volume) ?? {};
      return { path, secret, folder: join(this.folder, name, volume) };
    });
    return found.filter(({ secret, folder }) => {
      const values = this.secrets[secret?.secretName];
      if (!values || !secret.items) return false;
      mkdirSync(folder, { recursive: true });
      for (const { key, path } of secret.items) {
        if (values[key] === undefined) throw new Error(`${secret.secretName} has no ${key}`);
        writeFileSync(join(folder, path), this.#here(key, values[key], name));
      }
      return true;
    });
  }

  #secret(name) {
    const secret = this.secrets[name];
    if (!secret) throw new Error(`There is no secret ${name}`);
    return secret;
  }

  #here(variable, text, name) {
    if (OWN_PORTS.includes(variable)) return String(this.#ports[name][variable]);
    if (/^(PATCHBAY_METRICS_)?HOST$/.test(variable)) return '127.0.0.1';
    return (
      text
        .replace('@postgres:5432', `@127.0.0.1:${this.#postgres.port}`)
        // By name, as certificates are for names.
        .replace(/\bnats-(\d)\.nats:4222/g, (_, index) => `localhost:${this.#ports[`nats-${index}`].PORT}`)
        .replace('@nats:4222', `@localhost:${this.#ports['nats-0'].PORT}`)
        .replace('http://gateway:3000', this.gateway)
        .replace('/etc/patchbay/nats', join(this.folder, 'tls'))
        .replace('/patchbay/files', join(this.folder, 'files'))
    );
  }

  #spawn(name, command, args, env) {
    const log = openSync(join(this.folder, 'logs', name), 'a');
    // A service ends with its channel, so that even a kill of ours leaves none behind.
    const stdio = ['ignore', log, log, ...(command === process.execPath ? ['ipc'] : [])];
    const child = spawn(command, args, { cwd: ROOT, env, stdio });
    closeSync(log);
    const ended = Promise.race([
      once(child, 'exit').then(([code, signal]) => code ?? signal),
      once(child, 'error').then(([error]) => error.message),
    ]);
    this.#running.set(name, { child, ended });
    return { child, ended };
  }

  async #untilReady({ metadata: { name }, spec }) {
    const { path } = spec.template.spec.containers[0].readinessProbe.httpGet;
    const url = `http://127.0.0.1:${this.#ports[name].PATCHBAY_METRICS_PORT}${path}`;
    for (const until = Date.now() + READY_MS; Date.now() < until; await delay(LOOK_MS)) {
      if (
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
    }
    const log = readFileSync(join(this.folder, 'logs', name), 'utf8');
    throw new Error(`${name} is not ready in time: ${log.trim().split('\n').slice(-5).join('\n')}`);
  }
}

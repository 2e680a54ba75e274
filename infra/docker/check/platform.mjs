import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBinary, freePort, startPostgres } from '../../local/dist/index.js';
import { isOurs, mounts } from './compose.mjs';

/**
 * The platform as docker-compose.yml describes it, but as processes of this machine on loopback: the same commands and
 * nothing but the same environment, with other addresses.
 */
export class ComposedPlatform {
  #running = new Map();
  #postgres;
  #ports = {};

  constructor(compose, image, root, scratch) {
    Object.assign(this, { services: compose.services, image, root, scratch, user: unprivileged() });
    mkdirSync(join(scratch, 'logs'));
  }

  get baseUrl() {
    return `http://127.0.0.1:${this.#ports.gateway}`;
  }

  async startServers() {
    const { postgres, nats } = this.services;
    this.#ports = { nats: await freePort(), monitor: await freePort(), gateway: await freePort() };
    const { POSTGRES_PASSWORD: password } = postgres.environment;
    this.#postgres = await startPostgres({ ephemeral: true, password });

    const [program, ...args] = nats.command.map((word) =>
      word === '8222' ? this.#ports.monitor : this.#local(nats, word),
    );
    const loopback = ['-a', '127.0.0.1', '-p', this.#ports.nats];
    this.#spawn('nats', await ensureBinary(program), [...args, ...loopback], nats.environment);
    const health = nats.healthcheck.test.at(-1).replace(':8222', `:${this.#ports.monitor}`);
    await this.#eventually('nats', async () => (await fetch(health)).ok);
  }

  /** The job has to end well, also the second time, when there is nothing left to do. */
  migrate() {
    for (let time = 0; time < 2; time++) {
      execFileSync(process.execPath, this.services.migrate.command.slice(1), this.#inImage('migrate'));
    }
  }

  async startServices() {
    const names = Object.keys(this.services).filter(
      (name) => isOurs(this.services[name]) && name !== 'migrate',
    );
    for (const name of names) {
      const { env, cwd } = this.#inImage(name);
      this.#spawn(name, process.execPath, this.services[name].command.slice(1), env, cwd);
    }
    const [, , ...args] = this.services.gateway.healthcheck.test;
    const probe = () => spawnSync(process.execPath, args, this.#inImage('gateway')).status === 0;
    await this.#eventually('gateway', probe);
    return names;
  }

  /** Says which did not end by themselves and well. */
  async stop() {
    const bad = [];
    // The gateway first, as its requests need the others; NATS was started first.
    for (const [name, { child, ended }] of [...this.#running].toReversed()) {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const reason = await ended;
      clearTimeout(limit);
      if (name !== 'nats' && reason !== 0) bad.push(`${name}: ${reason}`);
    }
    await this.#postgres?.stop();
    return bad;
  }

  /** What a container of this service would have: the image's and its own variables. */
  #inImage(name) {
    const own = Object.entries(this.services[name].environment).map(([key, value]) => {
      if (key === 'HOST') return [key, '127.0.0.1'];
      if (key === 'PORT') return [key, this.#ports.gateway];
      return [key, this.#local(this.services[name], String(value))];
    });
    const env = { PATH: process.env.PATH, ...this.image.env, ...Object.fromEntries(own) };
    return { cwd: this.image.workdir, env, ...this.user };
  }

  /** An address or a path of the container as one of this machine. */
  #local(service, text) {
    const mount = mounts(service).find(({ target }) => target === text);
    if (mount) return mount.isFolder ? join(this.scratch, mount.source) : resolve(this.root, mount.source);
    return text
      .replace('@postgres:5432', `@127.0.0.1:${this.#postgres?.port}`)
      .replace('@nats:4222', `@127.0.0.1:${this.#ports.nats}`);
  }

  #spawn(name, command, args, env, cwd) {
    const log = openSync(join(this.scratch, 'logs', name), 'w');
    // A service ends with its channel, so that even a kill of ours leaves none behind.
    const stdio = ['ignore', log, log, ...(cwd ? ['ipc'] : [])];
    const child = spawn(command, args.map(String), { cwd, env, stdio, ...(cwd ? this.user : {}) });
    closeSync(log);
    const ended = new Promise((done) => {
      child.once('error', (error) => done(error.message));
      child.once('exit', (code, signal) => done(code ?? signal));
    });
    this.#running.set(name, { child, ended });
  }

  #lastWords(name) {
    const log = readFileSync(join(this.scratch, 'logs', name), 'utf8');
    return log.trim().split('\n').slice(-5).join('\n');
  }

  async #eventually(name, isSo) {
    for (const limit = Date.now() + 60_000; Date.now() < limit; await sleep(250)) {
      if (await Promise.resolve(isSo()).catch(() => false)) return;
      const dead = [...this.#running].find(([, { child }]) => child.exitCode !== null);
      if (dead) throw new Error(`${dead[0]} ended:\n${this.#lastWords(dead[0])}`);
    }
    const logs = [...this.#running.keys()].map((each) => `--- ${each}\n${this.#lastWords(each)}`);
    throw new Error(`${name} is not healthy after a minute:\n${logs.join('\n')}`);
  }
}

/** The image's user is not root and owns nothing in it; there is no such user here, unless we are not root anyway. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const nobody = { uid: 65534, gid: 65534 };
  return spawnSync(process.execPath, ['--version'], { ...nobody, cwd: '/' }).status === 0 ? nobody : {};
}

/** So that the unprivileged user can pass through. */
export const openFolder = (folder) => chmodSync(folder, 0o755);

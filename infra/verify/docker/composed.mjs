import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeSecrets } from '../../docker/check/secrets.mjs';
import { root } from './root.mjs';
import { pinned } from './stand-ins.mjs';

const HEALTHY_LIMIT_MS = 180_000;

/** The platform of docker-compose.yml, started by podman-compose. */
export class Composed {
  #engine;
  #project = 'patchbay-verify';
  #env;

  constructor(engine, composeProgram, settings) {
    this.#engine = engine;
    this.program = composeProgram;
    this.secrets = makeSecrets(engine.scratch);
    this.#env = {
      ...this.secrets,
      POSTGRES_IMAGE: `docker.io/library/${pinned.postgres}`,
      NATS_IMAGE: `docker.io/library/${pinned.nats}`,
      ...settings,
    };
    const file = join(engine.scratch, '.env');
    writeFileSync(
      file,
      Object.entries(this.#env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
      { mode: 0o600 },
    );
    this.envFile = file;
  }

  compose(...args) {
    const all = [
      '--project-name',
      this.#project,
      '--env-file',
      this.envFile,
      '--file',
      join(root, 'docker-compose.yml'),
      ...args,
    ];
    return this.#engine.run(this.program, all, { limitMs: 300_000 });
  }

  container(service) {
    return `${this.#project}_${service}_1`;
  }

  network(name) {
    return `${this.#project}_${name}`;
  }

  /** In the order of `depends_on`, whose conditions a podman before 5 does not know. */
  async up() {
    await this.compose('up', '--detach', '--no-build', 'postgres', 'nats');
    await this.untilHealthy(['postgres', 'nats']);
    await this.compose('up', '--detach', '--no-build', '--no-deps', 'migrate');
    assert.equal(
      await this.#engine.podman('wait', this.container('migrate')),
      '0',
      await this.logsOf('migrate'),
    );
    const others = ['auth', 'tools', 'workbench', 'logs', 'sessions', 'triggers', 'gateway'];
    await this.compose('up', '--detach', '--no-build', '--no-deps', ...others);
    await this.untilHealthy(others);
    return others;
  }

  /** By each container's own health check, which is run here: without a systemd podman does not run it. */
  async untilHealthy(services) {
    const deadline = Date.now() + HEALTHY_LIMIT_MS;
    for (const service of services) {
      while (!(await this.isHealthy(service))) {
        if (Date.now() > deadline)
          throw new Error(`${service} is not healthy:\n${await this.logsOf(service)}`);
        await delay(500);
      }
    }
  }

  isHealthy(service) {
    return this.#engine.podman('healthcheck', 'run', this.container(service)).then(
      () => true,
      () => false,
    );
  }

  async logsOf(service, lines = 15) {
    return this.#engine
      .run('bash', ['-c', `podman logs --tail ${lines} ${this.container(service)} 2>&1`])
      .catch(({ message }) => message);
  }

  async inspect(service) {
    const [one] = JSON.parse(await this.#engine.podman('inspect', this.container(service)));
    return one;
  }

  exec(service, ...command) {
    return this.#engine.podman('exec', this.container(service), ...command);
  }

  /** Ends the process of a container as an out-of-memory kill would, and waits until it is there again. */
  async kill(service) {
    const before = await this.inspect(service);
    process.kill(before.State.Pid, 'SIGKILL');
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(250)) {
      const now = await this.inspect(service).catch(() => undefined);
      if (now?.State.Running && now.State.Pid !== before.State.Pid) return;
    }
    throw new Error(`${service} was not started again:\n${await this.logsOf(service)}`);
  }

  async down() {
    await this.compose('down', '--volumes');
  }
}

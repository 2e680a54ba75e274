/*
 * The image and docker-compose.yml, really built and run: `node infra/verify/docker.mjs [--quick]`, as root on Linux, with
 * podman, buildah, runc and podman-compose (and debootstrap and go where no registry is reached). It builds both targets of
 * infra/docker/Dockerfile, looks into them, brings docker-compose.yml up, makes a user's whole journey, kills services, and
 * runs the workbench's escape suite in its container. --quick leaves out the second build, which shows that a build gives
 * the same layers again, and the escape suite. All of it is removed at the end.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './docker/root.mjs';
import { Report } from './report.mjs';
import { Composed } from './docker/composed.mjs';
import { Engine } from './docker/engine.mjs';
import { build, inspectImage, layersOf, megabytes, startAlone } from './docker/image.mjs';
import { Journey } from './docker/journey.mjs';
import { runEscapes } from './docker/escapes.mjs';
import { wantComposeProgram } from './docker/podman-compose.mjs';
import { wantImages } from './docker/stand-ins.mjs';

/** Unpacked, with everything: Debian, Node, the services, the console, the catalogue and the model for search. */
const MOST_MEGABYTES = 360;
const ENTRIES = [
  'LICENSE',
  'apps',
  'files',
  'healthcheck.mjs',
  'libs',
  'node_modules',
  'package.json',
  'sbom',
  'stdio',
];

const quick = process.argv.includes('--quick');
const report = new Report('docker');
const engine = new Engine(mkdtempSync(join(tmpdir(), 'patchbay-verify-docker-')));
let platform;

let ending;
const finish = () =>
  (ending ??= (async () => {
    await platform?.down().catch(() => undefined);
    await engine.end();
  })());
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void finish().finally(() => process.exit(130)));

try {
  await report.check('docker-compose.yml and env.example say what the services read', 'checked', () =>
    engine.run(process.execPath, ['infra/docker/check.mjs']),
  );
  await report.check('images of others', 'run', async () =>
    (await wantImages(engine)) ? 'stand-ins, as no registry is reached' : 'pulled',
  );
  if (await checkImage()) await checkCompose();
} finally {
  await finish();
  process.exitCode = report.end();
}

async function checkImage() {
  const built = await report.check('the image builds', 'run', async () => {
    await build(engine, 'runtime', 'patchbay');
    const size = await megabytes(engine, 'patchbay');
    assert.ok(size <= MOST_MEGABYTES, `${size} MB unpacked, more than ${MOST_MEGABYTES}`);
    return `${size} MB unpacked`;
  });
  const variant = await report.check('its variant with bubblewrap and Python builds', 'run', async () => {
    await build(engine, 'workbench', 'patchbay-workbench');
    return `${await megabytes(engine, 'patchbay-workbench')} MB unpacked`;
  });
  if (!built || !variant) return false;
  await report.check(
    'what is in it: SBOM, licences, no npm, nothing with the rights of root',
    'checked',
    () => inspectImage(engine, 'patchbay', ENTRIES),
  );
  await report.check(
    'it runs as uid 1000 with a read-only root, and every package that it needs is there',
    'run',
    () => startAlone(engine, 'patchbay'),
  );
  if (!quick) {
    await report.check('a second build without a cache gives the same layers', 'run', async () => {
      await build(engine, 'runtime', 'patchbay-again', ['--no-cache']);
      const layers = await layersOf(engine, 'patchbay');
      assert.deepEqual(await layersOf(engine, 'patchbay-again'), layers);
      return `${layers.length} layers`;
    });
  }
  return true;
}

async function checkCompose() {
  const port = await freePort();
  const overrides = join(engine.scratch, 'overrides.yaml');
  writeFileSync(overrides, 'github:\n  base_url: http://provider:8080\n', { mode: 0o644 });
  platform = new Composed(engine, await wantComposeProgram(engine), {
    PORT: port,
    PATCHBAY_TOOLKIT_OVERRIDES: overrides,
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: 'provider:8080=github|webhooks',
    PATCHBAY_TRIGGER_INTERVAL_FLOOR_SECONDS: 1,
  });
  const up = await report.check('docker-compose.yml comes up, all healthy', 'run', async () => {
    const services = await platform.up();
    return `${services.length} services, Postgres, NATS`;
  });
  if (!up) return;
  await checkContainers();
  await checkJourney(`http://127.0.0.1:${port}`);
  if (!quick) {
    await report.check("the workbench's escape suite, in its container", 'run', () =>
      runEscapes(engine, platform),
    );
  }
  await report.check('all stop by themselves on SIGTERM', 'run', async () => {
    for (const service of ['gateway', 'triggers', 'sessions', 'workbench', 'tools', 'logs', 'auth']) {
      await engine.podman('stop', '--time=20', platform.container(service));
      assert.equal(
        (await platform.inspect(service)).State.ExitCode,
        0,
        `${service}: ${await platform.logsOf(service)}`,
      );
    }
  });
}

async function checkContainers() {
  await report.check('no capability, no root, read-only, limits: as the kernel has it', 'run', async () => {
    for (const service of ['auth', 'tools', 'workbench', 'logs', 'sessions', 'triggers', 'gateway']) {
      const status = await platform.exec(service, 'cat', '/proc/1/status');
      const has = (name) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
      assert.deepEqual(
        ['Uid', 'CapEff', 'CapBnd', 'NoNewPrivs', 'Seccomp'].map(has),
        ['1000', '0'.repeat(16), '0'.repeat(16), '1', '2'],
        service,
      );
      const { HostConfig: host } = await platform.inspect(service);
      assert.ok(
        host.ReadonlyRootfs && host.Memory > 0 && host.PidsLimit > 0 && host.RestartPolicy.Name,
        service,
      );
    }
  });
  await report.check(
    'the internal networks lead nowhere else, and each service is in its own',
    'run',
    async () => {
      const reaches = (service, host, port) =>
        platform
          .exec(
            service,
            'node',
            '-e',
            `require('net').connect(${port}, '${host}').on('connect', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1))`,
          )
          .then(
            () => true,
            () => false,
          );
      assert.equal(await reaches('logs', 'postgres', 5432), true, 'logs reaches Postgres');
      assert.equal(await reaches('gateway', 'postgres', 5432), false, 'the gateway does not reach Postgres');
      assert.equal(await reaches('gateway', 'nats', 4222), true, 'the gateway reaches NATS');
      const routes = await platform.exec('logs', 'cat', '/proc/net/route');
      assert.ok(!/^\S+\s+00000000\s/m.test(routes), 'logs has a way out');
    },
  );
}

async function checkJourney(baseUrl) {
  const provider = await startProvider();
  const journey = new Journey(baseUrl, platform.secrets, provider);
  const steps = [
    ['a session', () => journey.openSession()],
    ['a connected account', () => journey.connect()],
    ['a call', () => journey.callTool()],
    ['MCP, by the official client', () => journey.useMcp()],
    ['the console: its page, a sign-in', () => journey.openConsole()],
    ['a trigger, delivered to a webhook', () => journey.fireTrigger()],
    ['the workbench', () => journey.useWorkbench()],
  ];
  for (const [name, step] of steps) {
    if (!(await report.check(name, 'run', step))) return;
  }
  for (const service of ['tools', 'gateway', 'nats', 'postgres']) {
    await report.check(`a SIGKILL of ${service}: started again, and calls go on`, 'run', async () => {
      await platform.kill(service);
      await platform.untilHealthy([service, 'gateway']);
      await journey.callTool();
    });
  }
}

/** Beside the platform, in the network that leads outside. */
async function startProvider() {
  const name = 'patchbay-verify-provider';
  const program = join(root, 'infra/verify/docker/provider.mjs');
  const place = [
    '--name',
    name,
    '--network',
    platform.network('outside'),
    '--network-alias=provider',
    '-v',
    `${program}:/provider.mjs:ro`,
  ];
  await engine.podman('run', '--detach', '--no-healthcheck', ...place, 'patchbay', 'node', '/provider.mjs');
  return (method, path) => {
    const ask = `fetch('http://127.0.0.1:8080${path}', { method: '${method}' }).then((r) => r.text()).then(console.log)`;
    return engine.podman('exec', name, 'node', '-e', ask);
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

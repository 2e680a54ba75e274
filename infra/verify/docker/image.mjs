import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pinned } from './stand-ins.mjs';

/** Builds a target of the Dockerfile as it is. Same inputs, same layers: every file has one time. */
export function build(engine, target, tag, options = []) {
  const args = [
    'bud',
    '--jobs=1',
    '--isolation=chroot',
    '--pull-never',
    '--layers',
    '--format=docker',
    '--timestamp=0',
  ];
  const base = `--build-arg=BASE_IMAGE=docker.io/library/${pinned.base}`;
  return engine.run(
    'buildah',
    [...args, ...options, base, '-f', 'infra/docker/Dockerfile', '--target', target, '-t', tag, '.'],
    {
      limitMs: 1_500_000,
    },
  );
}

export async function megabytes(engine, image) {
  const [{ Size: bytes }] = JSON.parse(await engine.podman('image', 'inspect', image));
  return Math.round(bytes / 1e6);
}

export async function layersOf(engine, image) {
  const [{ RootFS }] = JSON.parse(await engine.podman('image', 'inspect', image));
  return RootFS.Layers;
}

/** Looks at what is in it. @returns how many files there are, and whose */
export async function inspectImage(engine, image, entries) {
  const folder = await engine.podman('image', 'mount', image);
  try {
    const inside = join(folder, 'patchbay');
    assert.deepEqual(new Set(readdirSync(inside)), new Set(entries), 'what is in the folder of the image');
    for (const gone of ['typescript', 'turbo', 'typeorm', 'rolldown', 'vite', 'react', '@patchbay']) {
      assert.ok(!readdirSync(join(inside, 'node_modules')).includes(gone), `${gone} is in node_modules`);
    }
    const found = await engine.run('find', [
      folder,
      '-xdev',
      '(',
      '-type',
      'f',
      '-perm',
      '/6000',
      '-o',
      '-path',
      '*/patchbay/*',
      '-user',
      '1000',
      ')',
    ]);
    assert.deepEqual(
      found.split('\n').toSorted(),
      ['files', 'stdio'].map((name) => join(inside, name)),
      'nothing has the rights of another user, and the services own what volumes take over',
    );
    assert.equal(
      await engine.run('find', [folder, '-xdev', '-name', 'npm*', '-path', '*/usr/local/*']),
      '',
      'npm is in the image',
    );
    const sbom = JSON.parse(readFileSync(join(inside, 'sbom/patchbay.cdx.json'), 'utf8'));
    assert.equal(sbom.bomFormat, 'CycloneDX');
    assert.ok(
      sbom.components.some(({ name }) => name === 'fastify'),
      'the SBOM knows what is bundled',
    );
    const licences = statSync(join(inside, 'sbom/licences.txt')).size;
    return `${sbom.components.length} packages of npm in the SBOM, ${Math.round(licences / 1024)} KB of licences`;
  } finally {
    await engine.podman('image', 'unmount', image);
  }
}

/** Asks the services' own programs for what they say without any setting: that they start, and that their packages are there. */
export async function startAlone(engine, image) {
  const options = [
    '--rm',
    '--no-healthcheck',
    '--read-only',
    '--network=none',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
  ];
  const all =
    'for app in apps/*/dist/bundle/main.mjs libs/*/dist/*.js apps/*/dist/reseal.js; do node --check "$app"; done';
  assert.equal(await engine.podman('run', ...options, image, 'sh', '-ec', `id -u; ${all}`), '1000');
  const key = await engine.podman('run', ...options, image, 'node', 'libs/vault/dist/new-key.js');
  assert.equal(Buffer.from(key, 'base64').length, 32);
  const packages = JSON.parse(
    readFileSync(new URL('../../bundle/package.json', import.meta.url), 'utf8'),
  ).dependencies;
  const load = Object.keys(packages)
    .map((name) => `await import('${name}');`)
    .join('');
  await engine.podman('run', ...options, image, 'node', '--input-type=module', '-e', load);
  const write = 'for path in / /patchbay /patchbay/apps /usr /etc; do ! touch "$path/x" 2>/dev/null; done';
  await engine.podman('run', ...options, image, 'sh', '-ec', write);
}

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './root.mjs';
import { pinned } from './stand-ins.mjs';

const LIMIT_MS = 400_000;

/**
 * Runs apps/workbench/test/escape.test.ts where the workbench of docker-compose.yml runs: in its image, as its user, behind
 * its filter and with its limits. The repository, with what tests need, is mounted for it to read. One thing more is
 * allowed: System V memory, for the Postgres that the tests start beside it.
 */
export async function runEscapes(engine, platform) {
  const { HostConfig: host, Config: config } = await platform.inspect('workbench');
  const programs = join(engine.scratch, 'programs');
  mkdirSync(programs, { recursive: true });
  const nats = await engine.podman('create', `docker.io/library/${pinned.nats}`);
  await engine.podman('cp', `${nats}:/usr/local/bin/nats-server`, programs);
  await engine.podman('rm', nats);
  chmodSync(engine.scratch, 0o755);
  const profile = join(engine.scratch, 'escapes.seccomp.json');
  const filter = JSON.parse(readFileSync(join(root, 'infra/docker/workbench.seccomp.json'), 'utf8'));
  filter.syscalls[0].names.push('shmat', 'shmctl', 'shmdt', 'shmget');
  writeFileSync(profile, JSON.stringify(filter));
  // Not a tmpfs, which runc gives the mode of the folder below it.
  const kept = join(engine.scratch, 'escapes.cache');
  mkdirSync(kept);
  chmodSync(kept, 0o777);
  // A mount needs its folder, and this one is read-only.
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const options = [
    [
      '--rm',
      '--no-healthcheck',
      '--init',
      '--read-only',
      '--cap-drop=ALL',
      '--network=none',
      '--user',
      config.User,
    ],
    host.SecurityOpt.flatMap((option) => [
      '--security-opt',
      option.replace(/^seccomp=.*/, `seccomp=${profile}`),
    ]),
    ['--memory', String(host.Memory), '--pids-limit', String(host.PidsLimit)],
    // What tests write: their databases, what vitest compiles, and the folder in which they keep a cluster that is set up.
    [
      '--tmpfs',
      '/tmp:rw,exec,size=2g',
      '-v',
      `${root}:${root}:ro`,
      '-v',
      `${programs}:/programs:ro`,
      '-v',
      `${kept}:${cache}:rw`,
      '-w',
      join(root, 'apps/workbench'),
    ],
    ['-e', 'HOME=/tmp', '-e', 'PATH=/programs:/usr/local/bin:/usr/bin:/bin', '-e', 'NODE_ENV=test'],
  ].flat();
  const vitest = [
    'node',
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--configLoader=native',
    'test/escape.test.ts',
  ];
  const text = await engine.run('podman', ['run', ...options, 'patchbay-workbench', ...vitest], {
    limitMs: LIMIT_MS,
  });
  const [, passed] = /Tests\s+(.*passed.*)/.exec(stripVTControlCharacters(text)) ?? [];
  if (!passed || /failed|skipped/.test(passed)) throw new Error(text.slice(-3_000));
  return passed.trim();
}

import { join } from 'node:path';

/** One that was tried with docker-compose.yml. */
const VERSION = '1.6.0';

/** @returns the program: the machine's own, or one from PyPI that goes with the rest */
export async function wantComposeProgram(engine) {
  const version = await engine.run('podman-compose', ['--version']).catch(() => '');
  if (new RegExp(`podman-compose version ${VERSION.replaceAll('.', '\\.')}`).test(version))
    return 'podman-compose';
  const folder = join(engine.scratch, 'podman-compose');
  await engine.run('python3', ['-m', 'venv', folder]);
  await engine.run(join(folder, 'bin/pip'), ['install', '--quiet', `podman-compose==${VERSION}`]);
  return join(folder, 'bin/podman-compose');
}

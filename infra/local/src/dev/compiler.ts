import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from './workspaces.js';

/** What a compilation ended with: the compiler's own text when there are errors, nothing otherwise. */
export type CompileErrors = string | undefined;

/**
 * The project's one compiler, asked for one workspace at a time. It remembers what it found, so that the second
 * compilation of a workspace reads only what changed.
 */
export class Compiler {
  readonly #root: string;
  readonly #memory: string;

  /** @param memory a folder of this process alone; what is in it is removed */
  constructor(root: string, memory = join(root, 'node_modules/.cache/dev')) {
    this.#root = root;
    this.#memory = memory;
    // What an earlier run remembered may not be what stands in `dist` today.
    rmSync(memory, { recursive: true, force: true });
    mkdirSync(memory, { recursive: true });
  }

  /** Writes the workspace's `dist`; with errors it is left as it was. */
  build(workspace: Workspace, signal: AbortSignal): Promise<CompileErrors> {
    return this.#run(workspace, ['--noEmitOnError'], signal);
  }

  /** Only says whether the workspace still fits what it needs: its services may be starting from its `dist` just now. */
  check(workspace: Workspace, signal: AbortSignal): Promise<CompileErrors> {
    return this.#run(workspace, ['--noEmit'], signal);
  }

  #run({ folder }: Workspace, flags: string[], signal: AbortSignal): Promise<CompileErrors> {
    const memory = join(this.#memory, `${folder.replaceAll('/', '-')}.tsbuildinfo`);
    const args = [
      '-p',
      'tsconfig.build.json',
      '--noCheck',
      'false',
      '--incremental',
      '--tsBuildInfoFile',
      memory,
      '--pretty',
      'false',
    ];
    return new Promise((resolve, reject) => {
      execFile(
        join(this.#root, 'node_modules/.bin/tsc'),
        [...args, ...flags],
        { cwd: join(this.#root, folder), signal, maxBuffer: 16 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (!error) return resolve(undefined);
          // A number is the compiler's own verdict; anything else means that it did not come to one.
          if (typeof error.code === 'number') return resolve(`${stdout}${stderr}`.trim());
          reject(error);
        },
      );
    });
  }
}

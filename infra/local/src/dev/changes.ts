import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import type { Workspaces } from './workspaces.js';

/** An editor that saves all its files, or a change of branch, is one change. */
const GATHER_MS = 60;

const ignored = /\.test\.tsx?$|\.swp$|~$|\/(__pycache__|node_modules|dist)(\/|$)/;

/** Gathers what is saved in the folders from which a service is made, and hands it on together. */
export class Changes {
  readonly #watcher: FSWatcher;
  #files = new Set<string>();
  #timer?: NodeJS.Timeout;

  private constructor(folders: string[], onChange: (files: string[]) => void) {
    this.#watcher = watch(folders, {
      ignoreInitial: true,
      ignored: (path) => ignored.test(path),
    });
    this.#watcher.on('all', (_event, path) => {
      this.#files.add(path);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        const files = [...this.#files];
        this.#files = new Set();
        onChange(files);
      }, GATHER_MS);
    });
  }

  /** Resolves once nothing that is saved can be missed. */
  static async watch(workspaces: Workspaces, onChange: (files: string[]) => void): Promise<Changes> {
    // A folder that is not there would make the watcher say that it is ready before it is.
    const folders = workspaces.all
      .flatMap(({ folder }) => ['src', 'python', 'data'].map((part) => join(workspaces.root, folder, part)))
      .filter((folder) => existsSync(folder));
    const changes = new Changes(folders, onChange);
    await new Promise<void>((resolve, reject) => {
      changes.#watcher.once('ready', resolve);
      changes.#watcher.once('error', reject);
    });
    // Later errors (a folder that vanished while it was read) cost one change, not the platform.
    changes.#watcher.on('error', () => undefined);
    return changes;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }
}

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One package of the repository, as `npm run dev` sees it. */
export interface Workspace {
  /** Its name in package.json. */
  name: string;
  /** Its folder from the root, with slashes: `apps/auth`. */
  folder: string;
  /** What it needs while it runs, of ours. What only its tests need does not count. */
  needs: string[];
}

/** The apps and libs that are rebuilt when they change, with what they need of each other. */
export class Workspaces {
  readonly all: readonly Workspace[];

  constructor(readonly root: string) {
    const folders = globSync(['apps/*', 'libs/*'], { cwd: root }).filter((folder) =>
      existsSync(join(root, folder, 'tsconfig.build.json')),
    );
    const manifests = folders.map((folder) => ({ folder, manifest: readManifest(join(root, folder)) }));
    const ours = new Set(manifests.map(({ manifest }) => manifest.name));
    this.all = manifests.map(({ folder, manifest }) => ({
      name: manifest.name,
      folder: folder.split(sep).join('/'),
      needs: Object.keys(manifest.dependencies ?? {}).filter((name) => ours.has(name)),
    }));
  }

  /** The workspace in which a file lies, given by its absolute path. */
  of(file: string): Workspace | undefined {
    const path = relative(this.root, file).split(sep).join('/');
    return this.all.find(({ folder }) => path.startsWith(`${folder}/`));
  }

  /** The given ones and everything that needs one of them, each behind what it needs. */
  withDependents(changed: Iterable<Workspace>): Workspace[] {
    const names = new Set([...changed].map(({ name }) => name));
    const ordered = this.inOrder();
    for (const workspace of ordered) {
      if (workspace.needs.some((name) => names.has(name))) names.add(workspace.name);
    }
    return ordered.filter(({ name }) => names.has(name));
  }

  /** All of them, each behind what it needs. */
  private inOrder(): Workspace[] {
    const ordered = new Set<Workspace>();
    const visit = (workspace: Workspace, path: readonly string[]): void => {
      if (path.includes(workspace.name)) {
        throw new Error(`Workspaces need each other in a circle: ${[...path, workspace.name].join(' > ')}`);
      }
      if (ordered.has(workspace)) return;
      for (const needed of this.all.filter(({ name }) => workspace.needs.includes(name))) {
        visit(needed, [...path, workspace.name]);
      }
      ordered.add(workspace);
    };
    for (const workspace of this.all) visit(workspace, []);
    return [...ordered];
  }
}

function readManifest(folder: string): { name: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
  };
}

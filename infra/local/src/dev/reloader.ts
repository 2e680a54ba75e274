import type { Controllable } from '../managed-process.js';
import type { Compiler } from './compiler.js';
import type { Workspace, Workspaces } from './workspaces.js';

export interface ReloadedService extends Pick<Controllable, 'stop' | 'start'> {
  /** Resolves once it takes requests; rejects, with the end of its log, when it ended instead. */
  untilReady(): Promise<void>;
}

export interface ReloaderParts {
  workspaces: Workspaces;
  compiler: Compiler;
  /** By the folder of their app: `apps/auth`. */
  services: ReadonlyMap<string, ReloadedService>;
  /** Brings the schemas up to date. */
  migrate: () => Promise<void>;
  /** One line of what happens, or a compiler's errors. */
  say: (text: string) => void;
}

const migrations = /\/migrations\/|\/database\.ts$|^libs\/database\//;

/** Turns saved files into running services: compiles what changed, restarts what is made of it, and nothing else. */
export class Reloader {
  readonly #ended = new AbortController();
  /** What was saved while an earlier change was still worked on, or what did not compile yet. */
  #pending = new Set<string>();
  #running: Promise<void> | undefined;

  constructor(private readonly parts: ReloaderParts) {}

  /** Takes over saved files, by their absolute paths. Resolves when everything saved so far has been dealt with. */
  changed(files: readonly string[]): Promise<void> {
    for (const file of files) this.#pending.add(file);
    this.#running ??= this.#work().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Nothing is compiled or started after this; what is under way is waited for. */
  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #work(): Promise<void> {
    const { say } = this.parts;
    while (this.#pending.size > 0 && !this.#ended.signal.aborted) {
      const files = [...this.#pending];
      this.#pending.clear();
      try {
        await this.#reload(files);
      } catch (error) {
        if (!this.#ended.signal.aborted) say(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async #reload(files: readonly string[]): Promise<void> {
    const { workspaces, compiler, say } = this.parts;
    const began = performance.now();
    const changed = new Set(files.flatMap((file) => workspaces.of(file) ?? []));
    const concerned = workspaces.withDependents(changed);
    const toCompile = concerned.filter(
      (one) => changed.has(one) && files.some((file) => isSource(file, one)),
    );
    for (const workspace of toCompile) {
      const errors = await compiler.build(workspace, this.#ended.signal);
      if (errors === undefined) continue;
      say(`${errors}\n${workspace.folder} does not compile: what ran before goes on`);
      return;
    }
    const compiled = performance.now();
    const names = await this.#restart(concerned, files);
    if (names.length === 0) return;
    const total = seconds(performance.now() - began);
    say(`reloaded ${names.join(', ')} in ${total} (compiled in ${seconds(compiled - began)})`);
    await this.#checkDependents(
      concerned.filter((one) => !toCompile.includes(one)),
      toCompile.length > 0,
    );
  }

  /** @returns the names of the services that were restarted */
  async #restart(concerned: readonly Workspace[], files: readonly string[]): Promise<string[]> {
    const { services, workspaces, migrate } = this.parts;
    const affected = concerned.flatMap(({ folder }) => {
      const service = services.get(folder);
      return service ? [{ name: folder.replace('apps/', ''), service }] : [];
    });
    if (affected.length === 0 || this.#ended.signal.aborted) return [];
    await Promise.all(affected.map(({ service }) => service.stop()));
    if (files.some((file) => migrations.test(file.slice(workspaces.root.length + 1)))) await migrate();
    if (this.#ended.signal.aborted) return [];
    await Promise.all(affected.map(({ service }) => service.start()));
    await Promise.all(affected.map(({ service }) => service.untilReady()));
    return affected.map(({ name }) => name);
  }

  /** A lib's change compiles by itself and may still not fit those that use it: said after they run, as it takes longer. */
  async #checkDependents(dependents: readonly Workspace[], needed: boolean): Promise<void> {
    if (!needed) return;
    for (const workspace of dependents) {
      // Whatever was saved meanwhile comes first, and brings its own check.
      if (this.#pending.size > 0 || this.#ended.signal.aborted) return;
      const errors = await this.parts.compiler.check(workspace, this.#ended.signal);
      if (errors !== undefined) this.parts.say(`${errors}\n${workspace.folder} no longer fits what it uses`);
    }
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Whether the compiler makes something of the file; data and Python are read as they are. */
function isSource(file: string, { folder }: Workspace): boolean {
  return file.includes(`${folder}/src/`) && /\.tsx?$/.test(file);
}

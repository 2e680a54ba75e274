import { Patchbay } from '@patchbay/client';
import { ExitCode } from './exit-codes.js';
import { Output } from './output/index.js';
import { findProject } from './projects.js';
import {
  callerOf,
  ConfigFile,
  configPath,
  credentialOf,
  keyFor,
  type Caller,
  type Key,
  type Purpose,
  type Where,
} from './settings/index.js';

/** What the program was started with. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/** What every command works with: who calls where, and how it speaks. */
export class Cli {
  readonly output: Output;
  readonly config: ConfigFile;
  /** Aborted by Ctrl-C. */
  readonly interrupted = new AbortController();
  where: Where = {};
  /** What the program ends with when the command did what it could. */
  exitCode: ExitCode = ExitCode.done;

  constructor(readonly surroundings: Surroundings) {
    this.output = new Output(surroundings.stdout, surroundings.stderr);
    this.config = new ConfigFile(configPath(surroundings.env));
  }

  get signal(): AbortSignal {
    return this.interrupted.signal;
  }

  get env(): NodeJS.ProcessEnv {
    return this.surroundings.env;
  }

  /** Where the command was sent, as far as that can be told. */
  async baseUrl(): Promise<string | undefined> {
    return this.caller().then(
      ({ baseUrl }) => baseUrl,
      () => undefined,
    );
  }

  async caller(): Promise<Caller> {
    return callerOf(this.where, await this.config.read(), this.env);
  }

  /** The project that was named, for this command or in the environment. */
  get project(): string | undefined {
    return this.where.project ?? (this.env['PATCHBAY_PROJECT'] || undefined);
  }

  /** The key that is sent for the purpose. */
  async key(purpose: Purpose): Promise<Key> {
    return keyFor(await this.caller(), purpose, this.project !== undefined);
  }

  /**
   * A client with the key that the purpose takes, in the project that was named or chosen.
   * @throws CliError when there is no such key
   */
  async client(purpose: Purpose = 'project'): Promise<Patchbay> {
    const { baseUrl, profile } = await this.caller();
    const key = await this.key(purpose);
    if (key.kind !== 'person') return new Patchbay({ baseUrl, ...credentialOf(key) });
    const person = new Patchbay({ baseUrl, ...credentialOf(key) });
    const chosen = profile?.key === key.key ? profile.project : undefined;
    const project =
      this.project === undefined ? chosen : await findProject(person, this.project, this.signal);
    return project ? new Patchbay({ baseUrl, ...credentialOf(key, project) }) : person;
  }
}

import type { Sandbox, SandboxDriver } from './sandbox.js';

/** The workbench is switched off. */
export class DisabledDriver implements SandboxDriver {
  readonly name = 'none';
  readonly canMount = false;

  async check(): Promise<string> {
    return 'The workbench is switched off here (PATCHBAY_WORKBENCH_DRIVER=none).';
  }

  async start(): Promise<Sandbox> {
    throw new Error(await this.check());
  }

  async tidy(): Promise<void> {}
}

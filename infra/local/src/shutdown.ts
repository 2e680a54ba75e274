import type { ManagedProcess } from './managed-process.js';
import type { NatsServer } from './nats.js';
import type { PostgresServer } from './postgres.js';
import type { Steps } from './progress.js';
import { waitUntil } from './wait.js';

/** Ends a platform in the right order, however far its start had come. */
export class Shutdown {
  services: ManagedProcess[] = [];
  nats?: NatsServer;
  postgres?: PostgresServer;
  #stopping?: Promise<void>;

  constructor(
    private readonly steps: Steps,
    private readonly unlock: () => void,
  ) {}

  /** The door first, so that nothing new comes in; the servers last, so that nothing is lost. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Everything at once. Postgres and NATS recover from their journals at the next start. */
  async kill(): Promise<void> {
    const all = this.#all();
    for (const child of all) child.kill();
    await waitUntil(() => all.every((child) => child.pid === 0), { limitMs: 5_000 });
    this.unlock();
  }

  async #stop(): Promise<void> {
    const gateway = this.services.filter((service) => service.name === 'gateway');
    const others = this.services.filter((service) => service.name !== 'gateway');
    await this.#step('Stopping the gateway', gateway);
    await this.#step('Stopping the other services', others);
    await this.#step('Stopping NATS', [this.nats?.process]);
    await this.#step('Stopping Postgres', [this.postgres?.process]);
    this.unlock();
  }

  async #step(title: string, children: (ManagedProcess | undefined)[]): Promise<void> {
    const running = children.filter((child) => child !== undefined);
    // Also without a process: a crashed one may be waiting for its restart.
    if (running.every((child) => !child.pid && !child.wanted)) return;
    await this.steps.run(title, async () => {
      await Promise.all(running.map((child) => child.stop()));
    });
  }

  #all(): ManagedProcess[] {
    return [...this.services, this.nats?.process, this.postgres?.process].filter(
      (child) => child !== undefined,
    );
  }
}

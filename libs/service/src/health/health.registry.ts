import { Injectable } from '@nestjs/common';
import type { Health } from '@patchbay/contracts';
import { Drain } from './drain.js';

const CHECK_LIMIT_MS = 900;

/** Collects what a service depends on. A check resolves when its dependency is usable, or throws why not. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, () => Promise<unknown>>();

  constructor(private readonly drain: Drain) {}

  register(name: string, check: () => Promise<unknown>): void {
    this.checks.set(name, check);
  }

  async check(): Promise<Health> {
    if (this.drain.isDraining) return { ready: false, checks: { service: 'is stopping' } };
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await this.run(check)] as const),
    );
    return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
  }

  private async run(check: () => Promise<unknown>): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no answer within ${CHECK_LIMIT_MS} ms`), CHECK_LIMIT_MS);
    });
    const result = check().then(
      () => 'ok',
      (error: unknown) => (error instanceof Error ? error.message || error.name : String(error)),
    );
    return Promise.race([result, limit]).finally(() => clearTimeout(timer));
  }
}

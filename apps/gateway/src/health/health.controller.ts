import { Controller, Get, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { checkHealth, SERVICES, type ServiceName } from '@patchbay/contracts';
import { Bus, Drain } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { LimitedBy } from '../limits/index.js';
import { ApiTag, Describe } from '../http/index.js';

/** Without these no call can be served; the others may be away for a while. */
const NEEDED: ReadonlySet<ServiceName> = new Set(['sessions', 'auth', 'tools']);

/** How long a result is cached. */
const CACHE_MS = 250;

const ReadinessAnswer = z
  .object({ status: z.string(), services: z.record(z.string(), z.string()) })
  .meta({ id: 'Readiness' });

@Controller({ path: 'health', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@LimitedBy('nothing')
@ApiTag('Health')
export class HealthController {
  private cached: { results: Promise<(readonly [ServiceName, string])[]>; until: number } | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly drain: Drain,
  ) {}

  /** The process is up. */
  @Describe({
    id: 'getLiveness',
    summary: 'Whether the process is up',
    answer: z.object({ status: z.literal('ok') }),
  })
  @Get('live')
  live() {
    return { status: 'ok' as const };
  }

  /** 200 once a request can be served from end to end. Names for each service what is wrong with it. */
  @Describe({
    id: 'getReadiness',
    summary: 'Whether requests can be served',
    description: 'Names for each service `ok` or what is wrong with it.',
    answer: ReadinessAnswer,
    answers: { 503: { description: 'Not at the moment.', schema: ReadinessAnswer } },
  })
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    if (this.drain.isDraining) {
      void reply.status(503);
      return { status: 'stopping', services: {} };
    }
    const results = await this.checkAll();
    const ready = results.every(([name, result]) => result === 'ok' || !NEEDED.has(name));
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ok' : 'unavailable', services: Object.fromEntries(results) };
  }

  /** Cached, as it asks every service and needs no credential. */
  private checkAll(): Promise<(readonly [ServiceName, string])[]> {
    if (this.cached && this.cached.until > Date.now()) return this.cached.results;
    const others = SERVICES.filter((name) => name !== 'gateway');
    const results = Promise.all(others.map(async (name) => [name, await this.check(name)] as const));
    this.cached = { results, until: Date.now() + CACHE_MS };
    return results;
  }

  private async check(name: ServiceName): Promise<string> {
    try {
      const { ready, checks } = await this.bus.request(checkHealth(name), {});
      if (ready) return 'ok';
      const wrong = Object.entries(checks).filter(([, result]) => result !== 'ok');
      return wrong.map(([dependency, result]) => `${dependency}: ${result}`).join('; ');
    } catch (error) {
      return error instanceof Error ? error.message : 'unknown';
    }
  }
}

import {
  Body,
  Headers,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
  Req,
  Res,
  All,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter, RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, OpenToItsSandbox } from '../access/index.js';
import { Admission } from '../authentication/index.js';
import { PlainController, Wire } from '../http/index.js';
import { Idempotent, IdempotentRoutes } from '../idempotency/index.js';
import { servePlainRoutes } from './plain-routes.js';

const admit = vi.fn<Admission['admit']>();
const runOnce = vi.fn<IdempotentRoutes['run']>();
const done = vi.fn<() => void>();

@PlainController({ path: 'things/:thingId' })
@AccessFor('project')
@Area('tool_execution')
class ThingsController {
  private readonly name = 'things';

  @Post('do')
  @HttpCode(202)
  @Idempotent()
  @OpenToItsSandbox()
  async do(
    @Param('thingId') id: string,
    @Query('as') as: string,
    @Body(new Wire(z.object({ count: z.number() }))) { count }: { count: number },
  ) {
    done();
    return { id, as, count, by: this.name };
  }

  @Post('fail')
  async fail() {
    throw new AppError('conflict', 'Not now.');
  }

  helper() {
    return 'no route';
  }
}

@PlainController({ path: 'raw', version: VERSION_NEUTRAL })
@AccessFor('anyone')
class RawController {
  @All()
  @RouteConfig({ isRaw: true })
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { isRaw } = request.routeOptions.config as { isRaw?: boolean };
    void reply.status(203).send({ method: request.method, isRaw });
  }
}

let app: NestFastifyApplication | undefined;
beforeEach(() => {
  vi.resetAllMocks();
  runOnce.mockImplementation((_request, _reply, work) => work());
});
afterEach(() => app?.close());

async function start(...controllers: (new () => object)[]): Promise<NestFastifyApplication> {
  @Module({
    imports: [DiscoveryModule],
    providers: [
      ...controllers,
      { provide: Admission, useValue: { admit } },
      { provide: IdempotentRoutes, useValue: { run: runOnce } },
    ],
  })
  class TestModule {}
  app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), { logger: false });
  servePlainRoutes(app, ['1', '2']);
  await app.init();
  return app;
}

const post = (url: string, payload: object = {}) => app!.inject({ method: 'POST', url, payload });

describe('plain routes', () => {
  beforeEach(() => start(ThingsController, RawController));

  it('call the method with what its parameters’ decorators say, under every version', async () => {
    for (const version of ['1', '2']) {
      const answer = await post(`/api/v${version}/things/a/do?as=b`, { count: 3 });
      expect(answer.statusCode).toBe(202);
      expect(answer.json()).toEqual({ id: 'a', as: 'b', count: 3, by: 'things' });
    }
  });

  it('admit each request by what the route declares, before anything is done', async () => {
    admit.mockRejectedValue(new AppError('unauthenticated', 'No.'));
    expect((await post('/api/v1/things/a/do', { count: 1 })).statusCode).toBe(500);
    expect(admit.mock.calls[0]?.[0]).toEqual({
      access: 'project',
      area: { area: 'tool_execution' },
      limit: undefined,
      isOpenToSandbox: true,
      needsFreshSignIn: false,
    });
    expect(runOnce).not.toHaveBeenCalled();
    expect(done).not.toHaveBeenCalled();
  });

  it('are made once only where they are marked so', async () => {
    runOnce.mockResolvedValue({ kept: true });
    expect((await post('/api/v1/things/a/do', { count: 1 })).json()).toEqual({ kept: true });
    expect(done).not.toHaveBeenCalled();
    await post('/api/v1/things/a/fail');
    expect(runOnce).toHaveBeenCalledTimes(1);
  });

  it('refuse a body that does not fit, and pass on what is thrown', async () => {
    expect((await post('/api/v1/things/a/do', { count: 'many' })).json()).toMatchObject({ statusCode: 500 });
    expect(done).not.toHaveBeenCalled();
    expect((await post('/api/v1/things/a/fail')).statusCode).toBe(500);
  });

  it('know no address with an empty parameter, and no method without a route', async () => {
    expect((await post('/api/v1/things//do', { count: 1 })).statusCode).toBe(404);
    expect((await post('/api/v1/things/a/helper')).statusCode).toBe(404);
    expect(admit).not.toHaveBeenCalled();
  });

  it('leave the answer to a method that is given the reply', async () => {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const answer = await app!.inject({ method, url: '/raw' });
      expect(answer.statusCode).toBe(203);
      expect(answer.json()).toEqual({ method, isRaw: true });
    }
  });
});

describe('what a plain route cannot have', () => {
  it('ends the start: a parameter that nothing reads, an access that is not declared', async () => {
    @PlainController()
    @AccessFor('anyone')
    class WithHeaders {
      @Post()
      async answer(@Headers('accept') accept: string) {
        return { accept };
      }
    }
    await expect(start(WithHeaders)).rejects.toThrow('WithHeaders.answer has a parameter');

    @PlainController()
    class WithoutAccess {
      @Post()
      async answer() {
        return {};
      }
    }
    await expect(start(WithoutAccess)).rejects.toThrow('does not say who may use it');
  });
});

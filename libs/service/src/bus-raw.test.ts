import { Controller } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, defineRequest, RawJson, type AnswerOf, type InputOf } from '@patchbay/contracts';
import { startNats } from '@patchbay/testing';
import { z } from 'zod';
import { refusalOf } from '../test/refusal-of.js';
import { connectCaller, runService } from '../test/running-service.js';
import { Handle } from './rpc/handle.js';

const fetchIt = defineRequest(
  'tools.things.fetch',
  z.strictObject({
    raw: z.string(),
    place: z.enum(['last', 'first', 'none', 'refused']),
    more: z.int().default(0),
  }),
  z.object({ name: z.string(), data: z.record(z.string(), z.unknown()) }),
  { rawField: 'data' },
);

@Controller()
class ThingsController {
  @Handle(fetchIt)
  async fetchIt({ raw, place, more }: InputOf<typeof fetchIt>): Promise<AnswerOf<typeof fetchIt>> {
    if (place === 'refused') throw new AppError('conflict', 'No.');
    if (place === 'none') return { name: 'a', data: JSON.parse(raw) as Record<string, unknown> };
    const data = new RawJson(more ? raw.replace('%', 'A'.repeat(more)) : raw);
    return place === 'last' ? { name: 'a', data } : { data, name: 'a' };
  }
}

describe('the raw field of an answer', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let service: Awaited<ReturnType<typeof runService>>;
  let caller: Awaited<ReturnType<typeof connectCaller>>;
  beforeAll(async () => {
    nats = await startNats();
    [service, caller] = await Promise.all([
      runService(nats.url, 'tools', [ThingsController]),
      connectCaller(nats.url),
    ]);
  });
  afterAll(async () => {
    await service?.close();
    await caller?.close();
    await nats?.stop();
  });

  // Spaces and digits that do not survive being read, and characters of several bytes.
  const raw = '{"id": 12345678901234567891, "text":"Zürich 😀"}';

  it('comes as it was answered to who asks for it so', async () => {
    const answer = await caller.bus.requestRaw(fetchIt, { raw, place: 'last' });
    expect(answer).toEqual({ name: 'a', data: new RawJson(raw) });
  });

  it('is read for who does not', async () => {
    const { data } = await caller.bus.request(fetchIt, { raw, place: 'last' });
    expect(data['text']).toBe('Zürich 😀');
    expect(String(data['id'])).toBe('12345678901234567891');
  });

  it.each(['first', 'none'] as const)('is read where it does not stand at the end: %s', async (place) => {
    const { data } = await caller.bus.requestRaw(fetchIt, { raw: '{"n":1}', place });
    expect(data).toEqual({ n: 1 });
  });

  it('changes nothing of a refusal, and nothing of what other clients of NATS see', async () => {
    const refusal = await refusalOf(caller.bus.requestRaw(fetchIt, { raw, place: 'refused' }));
    expect(refusal.code).toBe('conflict');
    const asked = JSON.stringify({ raw: '{"n":1}', place: 'last' });
    const reply = await caller.nats.connection.request(fetchIt.subject, asked, { timeout: 5_000 });
    expect(reply.json()).toEqual({ data: { name: 'a', data: { n: 1 } } });
  });

  it('may be as long as an answer may be, with the connection kept', async () => {
    const limit = caller.nats.connection.info!.max_payload;
    const asked = (more: number) => ({ raw: '{"text":"%"}', place: 'last' as const, more });
    const textOf = async (more: number) => {
      const { data } = await caller.bus.requestRaw(fetchIt, asked(more));
      return data instanceof RawJson ? data.text.length : (data['text'] as string).length;
    };
    expect(await textOf(limit / 2)).toBe(limit / 2 + '{"text":""}'.length);
    // Without room for headers.
    for (const less of [45, 60, 200]) expect(await textOf(limit - less)).toBe(limit - less);
    expect((await refusalOf(caller.bus.requestRaw(fetchIt, asked(limit)))).code).toBe('internal');
    expect(service.nats.connected).toBe(true);
  });
});

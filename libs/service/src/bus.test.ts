import { Controller } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, defineRequest, type CallOf, type InputOf } from '@patchbay/contracts';
import { startNats } from '@patchbay/testing';
import { z } from 'zod';
import { gate } from '../test/gate.js';
import { refusalOf } from '../test/refusal-of.js';
import { connectCaller, runService } from '../test/running-service.js';
import { newContext, runInContext } from './context.js';
import { Handle } from './rpc/handle.js';

const Greeting = z.object({ text: z.string(), language: z.string().default('en') });
type Greeting = z.infer<typeof Greeting>;
const Nothing = z.strictObject({});

const say = defineRequest(
  'tools.greetings.say',
  z.strictObject({ name: z.string(), times: z.int().default(2) }),
  Greeting,
);
const refuse = defineRequest('tools.greetings.refuse', Nothing, Greeting);
const crash = defineRequest('tools.greetings.crash', Nothing, Greeting);
const lie = defineRequest('tools.greetings.lie', Nothing, Greeting);
const stall = defineRequest('tools.greetings.stall', Nothing, Greeting, { timeoutMs: 200 });
const shout = defineRequest('tools.greetings.shout', z.strictObject({ length: z.int() }), Greeting);
const write = defineRequest('tools.greetings.write', Nothing, Greeting);
const rant = defineRequest('tools.greetings.rant', Nothing, Greeting);
/** To wait for its end takes longer than a test may. */
const unanswered = defineRequest('logs.greetings.say', Nothing, Greeting, { timeoutMs: 60_000 });

const stalled = gate();

@Controller()
class GreetingsController {
  @Handle(say)
  say({ name, times }: InputOf<typeof say>): Promise<Greeting> {
    const more = { secret: 'not promised' };
    return Promise.resolve({ text: `hello ${name} `.repeat(times), language: 'nl', ...more });
  }

  @Handle(refuse)
  refuse(_input: object): Promise<Greeting> {
    const issues = ['name: is too rude'];
    throw new AppError('conflict', 'No greeting.', { suggestion: 'Be polite.', issues, retryable: true });
  }

  @Handle(crash)
  crash(_input: object): Promise<Greeting> {
    return Promise.reject(new TypeError('the table greetings has no column mood'));
  }

  @Handle(lie)
  lie(_input: object): Promise<Greeting> {
    return Promise.resolve({ text: 7 } as never);
  }

  @Handle(stall)
  async stall(_input: object) {
    await stalled.opened;
    return { text: 'too late', language: 'en' };
  }

  /** What no JSON can hold. */
  @Handle(write)
  write(_input: object): Promise<Greeting> {
    return Promise.resolve({ text: 7n, language: 'en' } as never);
  }

  @Handle(rant)
  rant(_input: object): Promise<Greeting> {
    throw new AppError('conflict', 'No! '.repeat(3_000_000), { issues: ['no'.repeat(1_000_000)] });
  }

  @Handle(shout)
  shout({ length }: InputOf<typeof shout>) {
    return Promise.resolve({ text: 'A'.repeat(length), language: 'en' });
  }
}

describe('Bus.request', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let service: Awaited<ReturnType<typeof runService>>;
  let caller: Awaited<ReturnType<typeof connectCaller>>;

  beforeAll(async () => {
    nats = await startNats();
    [service, caller] = await Promise.all([
      runService(nats.url, 'tools', [GreetingsController]),
      connectCaller(nats.url),
    ]);
  });

  afterAll(async () => {
    stalled.open();
    await service?.close();
    await caller?.close();
    await nats?.stop();
  });

  it('brings a request to its handler, with defaults, and gives what the contract promises', async () => {
    await expect(caller.bus.request(say, { name: 'Ada' })).resolves.toEqual({
      text: 'hello Ada hello Ada ',
      language: 'nl',
    });
  });

  it('fills in what an answer leaves out and the contract has a default for', async () => {
    const partly = defineRequest(
      say.subject,
      say.input,
      z.object({ text: z.string(), mood: z.string().default('fine') }),
    );
    await expect(caller.bus.request(partly, { name: 'Ada', times: 1 })).resolves.toEqual({
      text: 'hello Ada ',
      mood: 'fine',
    });
  });

  it('rethrows the AppError of the handler whole', async () => {
    expect((await refusalOf(caller.bus.request(refuse, {}))).toBody()).toEqual({
      code: 'conflict',
      message: 'No greeting.',
      suggestion: 'Be polite.',
      issues: ['name: is too rude'],
      retryable: true,
    });
  });

  it('keeps the text and stack of an unexpected error inside, where they are logged with the request', async () => {
    const context = newContext({ requestId: 'req_crash', deadline: Date.now() + 5_000 });
    const reply = await caller.nats.connection.request(crash.subject, '{}', { timeout: 5_000 });
    expect(reply.string()).not.toMatch(/mood|TypeError|bus\.test/);

    const refusal = await refusalOf(runInContext(context, () => caller.bus.request(crash, {})));
    expect(refusal).toMatchObject({ code: 'internal', retryable: false });
    expect(refusal.suggestion).toContain('req_crash');
    expect(service.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        requestId: 'req_crash',
        err: expect.objectContaining({
          message: 'the table greetings has no column mood',
          stack: expect.stringContaining('bus.test'),
        }),
      }),
    );
  });

  it('refuses input that does not fit, naming each field', async () => {
    const wrong = { times: 'often', mood: 'good' } as unknown as CallOf<typeof say>;
    const refusal = await refusalOf(caller.bus.request(say, wrong));
    expect(refusal.code).toBe('invalid_request');
    expect(refusal.issues).toEqual([
      expect.stringMatching(/^name: /),
      expect.stringMatching(/^times: /),
      expect.stringContaining('mood'),
    ]);
  });

  it('refuses a message that is not JSON', async () => {
    const reply = await caller.nats.connection.request(say.subject, 'hello', { timeout: 5_000 });
    expect(reply.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });

  it('does not hand on an answer that does not fit the contract', async () => {
    expect((await refusalOf(caller.bus.request(lie, {}))).toBody()).toMatchObject({ code: 'internal' });
    expect(caller.lines).toContainEqual(
      expect.objectContaining({ subject: lie.subject, msg: 'an answer does not fit its contract' }),
    );
  });

  it('fails at once, and may be repeated, when no service answers', async () => {
    const refusal = await refusalOf(caller.bus.request(unanswered, {}));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: true });
    expect(refusal.message).toContain('logs');
  });

  it('gives up at the deadline of the request, which may not be repeated', async () => {
    const refusal = await refusalOf(caller.bus.request(stall, {}));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: false });
  });

  it('ends with an error when the answer is larger than a message may be', async () => {
    const length = caller.nats.connection.info!.max_payload;
    const refusal = await refusalOf(caller.bus.request(shout, { length }));
    expect(refusal.code).toBe('internal');
    expect(refusal.message).toContain(String(length));
    await expect(caller.bus.request(shout, { length: length - 100 })).resolves.toMatchObject({
      language: 'en',
    });
  });

  it('ends with an error when the answer cannot be written', async () => {
    const refusal = await refusalOf(caller.bus.request(write, {}));
    expect(refusal).toMatchObject({ code: 'internal', retryable: false });
  });

  it('ends with the beginning of an error whose text has no end', async () => {
    const refusal = await refusalOf(caller.bus.request(rant, {}));
    expect(refusal).toMatchObject({ code: 'conflict', message: expect.stringMatching(/^No! .*…$/) });
    expect(refusal.message).toHaveLength(8_192);
    expect(refusal.issues?.[0]).toHaveLength(1_024);
  });

  it('ends with an error when the request is larger than a message may be, and the connection stays', async () => {
    const limit = caller.nats.connection.info!.max_payload;
    // With its headers the last ones are too large as well, which would cost the connection.
    for (const length of [limit, limit - 20, limit - 200, limit - 2_000]) {
      const refusal = await refusalOf(caller.bus.request(say, { name: 'A'.repeat(length) }));
      expect(refusal).toMatchObject({ code: 'invalid_request', retryable: false });
    }
    expect(caller.nats.connected).toBe(true);
    await expect(caller.bus.request(say, { name: 'Ann' })).resolves.toMatchObject({ language: 'nl' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenedCredential, TriggerCursor, TriggerHook } from '@patchbay/contracts';
import {
  momentOf,
  receiversOf,
  type InboundRequest,
  type RegisterRuntime,
  type ToolkitSpec,
  type TriggerSpec,
} from '@patchbay/toolkits';
import { ProviderClient } from '../src/providers/provider.client.js';
import { toTriggerError } from '../src/triggers/trigger.failures.js';
import { PARSERS } from './parsers.js';
import { readable, RecordedProvider, type Exchange } from './recorded-provider.js';

export interface ExpectedEvent {
  id: string;
  at?: string;
  payload: Record<string, unknown>;
}

/** How a type is polled: what it asks the first time, then what it asks and finds. */
export interface PollRow {
  config?: Record<string, unknown>;
  first: Exchange[];
  /** Something new is there. */
  next: Exchange[];
  /** In their order. */
  events: ExpectedEvent[];
  /** Asked again, with what was found before still in the answers: nothing comes of it. Default: as `next`. */
  again?: Exchange[];
}

/** How a type takes webhooks: what is asked to make and to take away its hook, and what a delivery becomes. */
export interface PushRow {
  config?: Record<string, unknown>;
  registers: Exchange[];
  hook: TriggerHook;
  /** The provider's own, or the app's. */
  secret?: string;
  expiresAt?: string;
  renews?: { asks: Exchange[]; hook: TriggerHook };
  removes?: Exchange[];
  /** Of an account that was connected by an app whose secret is known. */
  appSecret?: string;
  delivery: Pick<InboundRequest, 'headers'> & { body: unknown };
  /** None where the delivery is a hint. */
  events: ExpectedEvent[];
  /** Settings that the delivery is not for. */
  foreign?: Record<string, unknown>;
  /** A hook that the delivery is not for. */
  foreignHook?: TriggerHook;
}

export interface TriggerRow {
  poll?: PollRow;
  push?: PushRow;
}

export const HOOK_URL = 'https://patchbay.example/hooks/ti_1';
export const HOOK_SECRET = 'a-secret-of-this-hook';
export const NOW = new Date('2026-11-30T12:00:00.000Z');

/** Runs a toolkit's trigger types against a provider that holds each request to its row. */
export function describeTriggers(
  toolkit: ToolkitSpec,
  rows: Record<string, TriggerRow>,
  account: Partial<OpenedCredential> = {},
): void {
  const provider = new RecordedProvider();
  const credential: OpenedCredential | undefined = toolkit.auth && {
    authConfigId: 'ac_test',
    connectionId: 'ca_test',
    headers: { authorization: 'Bearer test-token' },
    query: {},
    urlValues: {},
    fingerprint: 'test',
    ...account,
  };
  const types = toolkit.triggers ?? [];
  const typeOf = (slug: string): TriggerSpec => {
    const type = types.find((one) => one.slug === slug);
    if (!type) throw new Error(`${toolkit.slug} has no ${slug}`);
    return type;
  };
  const runtime = (appSecret?: string): RegisterRuntime => {
    const access = {
      projectId: 'proj_1',
      toolkit,
      credential,
      files: { read: notAsked, store: notAsked },
      idempotencyKey: 'log_1',
      userId: 'ada',
      sessionId: null,
      refresh: notAsked,
      deadline: Date.now() + 20_000,
      maxTries: 1,
    };
    const http = new ProviderClient(provider.client, access);
    return {
      http,
      parse: PARSERS.for(access),
      account: credential?.urlValues ?? {},
      now: () => NOW,
      appSecret,
    };
  };
  const asked = (asks: Exchange[]) =>
    expect(provider.seen.map(({ request, body }) => ({ request, body }))).toEqual(
      asks.map(({ request, body }) => ({ request: readable(request), body })),
    );

  describe(`${toolkit.name}: triggers`, () => {
    beforeAll(() => provider.start());
    afterAll(() => provider.stop());

    it('has a row here for each way of every type', () => {
      const ways = types.map(({ slug, poll, webhook }) => ({ slug, poll: !!poll, push: !!webhook }));
      const tried = Object.entries(rows).map(([slug, { poll, push }]) => ({
        slug,
        poll: !!poll,
        push: !!push,
      }));
      expect(tried.toSorted(bySlug)).toEqual(ways.toSorted(bySlug));
    });

    const polled = Object.entries(rows).flatMap(([slug, { poll }]) => (poll ? [[slug, poll] as const] : []));
    it.each(polled)('%s is polled: silent at first, each event once, in order', async (slug, row) => {
      const type = typeOf(slug);
      const config = type.config.parse(row.config ?? {});
      const poll = async (cursor: TriggerCursor | null, asks: Exchange[]) => {
        provider.expect(asks);
        const found = await type.poll?.({ config, cursor, runtime: runtime(), limit: 100 });
        asked(asks);
        if (!found) throw new Error(`${slug} is not polled`);
        // As it is kept between two polls.
        return { ...found, cursor: JSON.parse(JSON.stringify(found.cursor)) as TriggerCursor };
      };
      const first = await poll(null, row.first);
      expect(first.events).toEqual([]);
      const next = await poll(first.cursor, row.next);
      expect(next.events.map(({ id, at, payload }) => ({ id, at: momentOf(at), payload }))).toMatchObject(
        row.events,
      );
      expect(next.events).toHaveLength(row.events.length);
      for (const { payload } of next.events) expect(type.payload.safeParse(payload).error).toBeUndefined();
      const again = await poll(next.cursor, row.again ?? row.next);
      expect(again.events).toEqual([]);
      // The same events found by another replica, from the same cursor, are the same ones.
      const twin = await poll(first.cursor, row.next);
      expect(twin.events.map(({ id }) => id)).toEqual(next.events.map(({ id }) => id));
    });

    it.each(polled)('%s passes on what its provider refuses', async (slug, row) => {
      const type = typeOf(slug);
      const config = type.config.parse(row.config ?? {});
      const [ask] = row.first;
      if (!ask) throw new Error(`${slug} asks nothing`);
      const refusals = [
        { status: 429, answerHeaders: { 'retry-after': '7' }, code: { code: 'rate_limited', retryAfter: 7 } },
        { status: 403, code: { code: 'provider_refused' } },
        { status: 503, code: { code: 'provider_unreachable' } },
      ];
      for (const { code, ...refusal } of refusals) {
        provider.expect([{ ...ask, answer: { message: 'No' }, ...refusal }]);
        const polling = type.poll?.({ config, cursor: null, runtime: runtime(), limit: 100 });
        const error: unknown = await polling?.catch((reason: unknown) =>
          toTriggerError(reason, toolkit.name),
        );
        expect({ slug, ...toFields(error) }).toMatchObject({ slug, ...code });
      }
    });

    const pushes = Object.entries(rows).flatMap(([slug, { push }]) => (push ? [[slug, push] as const] : []));
    it.each(pushes)('%s is pushed: hook made and taken away, a delivery read', async (slug, row) => {
      const type = typeOf(slug);
      const config = type.config.parse(row.config ?? {});
      const { webhook } = type;
      if (!webhook) throw new Error(`${slug} takes no webhooks`);
      const given = { config, url: HOOK_URL, secret: HOOK_SECRET, runtime: runtime(row.appSecret) };
      provider.expect(row.registers);
      const registered = await webhook.register(given);
      asked(row.registers);
      const { hook, secret, expiresAt } = row;
      expect(registered).toEqual({ hook, ...(secret && { secret }), ...(expiresAt && { expiresAt }) });
      const { renews = { asks: [], hook: undefined } } = row;
      provider.expect(renews.asks);
      const renewed = row.renews && (await webhook.renew?.({ ...given, hook }));
      asked(renews.asks);
      expect(renewed?.hook).toEqual(renews.hook);
      if (row.removes) {
        provider.expect(row.removes);
        await webhook.remove?.({ config, hook, runtime: runtime(row.appSecret) });
        asked(row.removes);
        // What somebody took away at the provider is away.
        const gone = row.removes.map((exchange) => ({
          ...exchange,
          status: 404,
          answer: { message: 'Gone' },
        }));
        provider.expect(gone);
        await webhook.remove?.({ config, hook, runtime: runtime(row.appSecret) });
      }
      const request = inbound(row.delivery.body, { headers: row.delivery.headers });
      const parsed = receiversOf(types).get(toolkit.slug)?.parse(request);
      const mine = parsed?.events.filter((event) => event.slug === slug) ?? [];
      const hints = parsed?.hints.filter((hint) => hint.slug === slug) ?? [];
      expect(hints).toHaveLength(webhook.hints ? 1 : 0);
      expect(mine.map(({ id, at, payload }) => ({ id, at, payload }))).toMatchObject(row.events);
      expect(mine).toHaveLength(row.events.length);
      for (const { payload } of mine) expect(type.payload.safeParse(payload).error).toBeUndefined();
      for (const found of [...mine, ...hints]) {
        const isForeign =
          (row.foreign && found.matches(type.config.parse(row.foreign), hook)) ||
          (row.foreignHook && found.matches(config, row.foreignHook));
        expect({ isOwn: found.matches(config, hook), isForeign: isForeign ?? false }).toEqual({
          isOwn: true,
          isForeign: false,
        });
      }
    });
  });
}

/** A request of a provider, of this moment unless it says otherwise. */
export function inbound(body: unknown, more: Partial<InboundRequest> = {}): InboundRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: 'POST',
    url: HOOK_URL,
    headers: {},
    body: Buffer.from(text),
    receivedAt: NOW.getTime(),
    ...more,
  };
}

const notAsked = () => Promise.reject(new Error('not asked for'));
const bySlug = (a: { slug: string }, b: { slug: string }) => a.slug.localeCompare(b.slug);

function toFields(error: unknown): object {
  const { code, retryAfter } = error as { code?: string; retryAfter?: number };
  return { code, retryAfter };
}

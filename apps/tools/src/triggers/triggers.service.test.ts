import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type CallStarted } from '@patchbay/contracts';
import type { CallRecorder } from '@patchbay/service';
import { newItems, triggerType, type InstalledToolkit } from '@patchbay/toolkits';
import { z } from 'zod';
import { acmeAt } from '../../test/acme.js';
import { PARSERS } from '../../test/parsers.js';
import { RecordedProvider, type Exchange } from '../../test/recorded-provider.js';
import { CallPipeline } from '../calls/call.pipeline.js';
import { CallSlots } from '../calls/call-slots.js';
import type { CallCredentials, CredentialRequest } from '../credentials/index.js';
import type { FilesService } from '../files/index.js';
import { TriggerCatalogue } from './trigger.catalogue.js';
import { TriggerTypesService } from './trigger-types.service.js';
import { TriggersService } from './triggers.service.js';

const Note = z.object({ id: z.string(), at: z.string(), text: z.string() });

const noteAdded = triggerType({
  slug: 'ACME_NOTE_ADDED_TRIGGER',
  aliases: ['ACME_ACME_NOTE_ADDED_TRIGGER'],
  name: 'Note added',
  description: 'Somebody writes a note.',
  config: z.object({ folder: z.string().min(1), key: z.string().default('none') }),
  payload: z.object({ text: z.string() }),
  poll: newItems({
    async list({ config: { folder }, runtime: { http } }) {
      const answer = await http.request({ method: 'GET', url: '/notes', query: { folder } });
      return { items: z.array(Note).parse(answer) };
    },
    keyOf: ({ id }) => id,
    timeOf: ({ at }) => at,
    payload: ({ text }) => ({ text }),
  }),
  webhook: {
    receiver: {
      toolkit: 'acme',
      model: 'user',
      verify: () => ({ outcome: 'accepted' }),
      open: () => [],
    },
    isSignedByApp: true,
    async register({ url, secret, runtime: { http } }) {
      const body = { json: { url, secret } };
      const made = z
        .object({ id: z.string() })
        .parse(await http.request({ method: 'POST', url: '/hooks', body }));
      return { hook: { id: made.id } };
    },
    events: () => [],
  },
});

type CallEnd = Parameters<CallRecorder['end']>[1];
const provider = new RecordedProvider();
const toolkit: InstalledToolkit = {
  ...acmeAt('https://acme.example'),
  auth: [{ scheme: 'BEARER_TOKEN' }],
  triggers: [noteAdded],
};
const types = new TriggerTypesService(new TriggerCatalogue([toolkit], false));

let record: string[] = [];
let ends: CallEnd[] = [];
let starts: CallStarted[] = [];
let asked: CredentialRequest[] = [];
let refusal: Error | undefined;

const recorder = {
  describe: (call: object) => ({ ...call, logId: 'log_1', startedAt: new Date().toISOString() }),
  begin: async (call: CallStarted) => {
    record.push('begin');
    starts.push(call);
  },
  end: async (_: CallStarted, end: CallEnd) => {
    record.push('end');
    ends.push(end);
  },
} as unknown as CallRecorder;
const credentials = {
  open: async (request: CredentialRequest) => {
    asked.push(request);
    if (refusal) throw refusal;
    return {
      authConfigId: 'ac_1',
      connectionId: 'ca_1',
      headers: { authorization: 'Bearer t' },
      query: {},
      urlValues: {},
      fingerprint: 'f',
    };
  },
} as unknown as CallCredentials;
const slots = new CallSlots({ PATCHBAY_TOOLS_CALLS: 10, PATCHBAY_TOOLS_PROJECT_CALLS: 10 });

const triggers = () =>
  new TriggersService(
    types,
    new CallPipeline(recorder, credentials, {} as FilesService, provider.client, slots),
    provider.client,
    PARSERS,
  );

const instance = {
  projectId: 'proj_1',
  userId: 'ada',
  connectionId: 'ca_1',
  slug: 'ACME_NOTE_ADDED_TRIGGER',
  triggerId: 'ti_1',
  config: { folder: 'f1', key: 'secret', interval: 5 },
  context: { deadline: Date.now() + 60_000, storePayloads: true, isRetry: false },
};
const NOTES = 'GET https://acme.example/notes?folder=f1';
const note = (id: string, text = id) => ({ id, at: `2026-11-30T10:00:0${id}Z`, text });

function poll(cursor: Record<string, unknown> | null, ...asks: Exchange[]) {
  provider.expect(asks);
  return triggers().poll({ ...instance, cursor, limit: 100 });
}

beforeAll(() => provider.start());
afterAll(() => provider.stop());
beforeEach(() => {
  [record, ends, starts, asked, refusal] = [[], [], [], [], undefined];
});

describe('a poll', () => {
  it('goes with the account of the instance, as a call of the type', async () => {
    await poll(null, { request: NOTES, answer: [note('1')] });
    expect(asked).toMatchObject([
      {
        projectId: 'proj_1',
        account: 'ca_1',
        toolSlug: 'ACME_NOTE_ADDED_TRIGGER',
        session: { id: null, userId: 'ada' },
      },
    ]);
    expect(provider.seen[0]?.headers['authorization']).toBe('Bearer t');
    expect(asked[0]?.appSecret).toBeUndefined();
  });

  it('is on the record by what came of it, without what the events say', async () => {
    const first = await poll(null, { request: NOTES, answer: [note('1')] });
    expect(first.events).toEqual([]);
    expect(record).toEqual([]);
    const next = await poll(first.cursor, { request: NOTES, answer: [note('2', 'private'), note('1')] });
    expect(next.events).toEqual([{ id: '2', at: '2026-11-30T10:00:02.000Z', payload: { text: 'private' } }]);
    expect(record).toEqual(['end']);
    expect(ends).toMatchObject([
      { status: 'success', connectionId: 'ca_1', data: { events: ['2'], count: 1, more: false } },
    ]);
  });

  it('that fails is on the record, too, and says how', async () => {
    const refused = poll(null, { request: NOTES, status: 404, answer: { message: 'No such folder' } });
    await expect(refused).rejects.toMatchObject({
      code: 'provider_refused',
      message: expect.stringContaining('No such folder') as string,
    });
    expect(ends).toMatchObject([
      { status: 'failed', error: expect.stringContaining('No such folder') as string },
    ]);
  });

  it('does not come back to a provider that asks for patience, and says how long', async () => {
    const limited = poll(null, { request: NOTES, status: 429, answerHeaders: { 'retry-after': '3' } });
    await expect(limited).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 3, retryable: true });
    expect(provider.seen).toHaveLength(1);
  });

  it('says when the limit of a provider that names only a time will be another one', async () => {
    const reset = Math.ceil(Date.now() / 1000) + 120;
    const answerHeaders = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const limited = poll(null, { request: NOTES, status: 403, answerHeaders });
    const error = await limited.catch((reason: unknown) => reason as AppError);
    expect(error).toMatchObject({ code: 'rate_limited' });
    expect((error as AppError).retryAfter).toBeGreaterThan(100);
  });

  it('says that the account has ended, as auth does', async () => {
    refusal = new AppError('account_not_usable', 'The account is EXPIRED.');
    await expect(poll(null)).rejects.toMatchObject({ code: 'account_not_usable' });
    expect(record).toEqual(['end']);
  });

  it('says that the provider does not take the account any more', async () => {
    const refused = { request: NOTES, status: 401, answer: { message: 'Who?' } };
    await expect(poll(null, refused, refused)).rejects.toMatchObject({ code: 'credential_refused' });
  });

  it('passes on events that a message can bear', async () => {
    const first = await poll(null, { request: NOTES, answer: [] });
    const long = 'x'.repeat(400_000);
    const next = await poll(first.cursor, { request: NOTES, answer: [note('1', long)] });
    const [event] = next.events;
    expect(JSON.stringify(event).length).toBeLessThan(256 * 1024);
    expect(event?.payload['clipped_payload']).toMatchObject({ bytes: expect.any(Number) as number });
  });

  it('fails where it would have to remember more than a message can bear, and says what to do', async () => {
    const first = await poll(null, { request: NOTES, answer: [] });
    const answer = [{ ...note('1'), id: 'x'.repeat(1_100_000) }];
    const failed = await poll(first.cursor, { request: NOTES, answer }).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'provider_refused',
      message: expect.stringMatching(
        /^What is watched is too much to be remembered: 11\d{5} bytes/,
      ) as string,
      suggestion: expect.stringContaining('Narrow the settings') as string,
    });
    expect(ends).toMatchObject([{ status: 'failed' }]);
  });

  it('begins anew from a cursor that its type cannot read any more', async () => {
    const found = await poll({ old: true }, { request: NOTES, answer: [note('1')] });
    expect(found).toMatchObject({ events: [], cursor: { at: Date.parse('2026-11-30T10:00:01Z') } });
  });
});

describe('a registration', () => {
  it('is on the record before it leaves, without settings and secrets', async () => {
    provider.expect([{ request: 'POST https://acme.example/hooks', body: {}, answer: { id: 'h1' } }]);
    const made = await triggers().register({
      ...instance,
      url: 'https://here.example/in',
      secret: 'our-own-secret-of-it',
    });
    expect(made).toEqual({ hook: { id: 'h1' } });
    expect(asked).toMatchObject([{ appSecret: true }]);
    expect(record).toEqual(['begin', 'end']);
    expect(starts).toMatchObject([{ arguments: { trigger_id: 'ti_1', action: 'register' } }]);
    expect(JSON.stringify([starts, ends])).not.toMatch(/secret/);
  });

  it('that the account may not make says so', async () => {
    provider.expect([
      { request: 'POST https://acme.example/hooks', status: 403, answer: { message: 'Admins only' } },
    ]);
    const refused = triggers().register({
      ...instance,
      url: 'https://here.example/in',
      secret: 'our-own-secret-of-it',
    });
    await expect(refused).rejects.toMatchObject({ code: 'provider_refused' });
  });
});

describe('the types', () => {
  const project = { projectId: 'proj_1' };

  it('are found by any case and by their old names', () => {
    for (const slug of ['ACME_NOTE_ADDED_TRIGGER', 'ACME_ACME_NOTE_ADDED_TRIGGER']) {
      expect(types.get({ ...project, slug })).toMatchObject({
        slug: 'ACME_NOTE_ADDED_TRIGGER',
        mechanism: 'poll',
      });
    }
    expect(types.slugs(project)).toEqual(['ACME_NOTE_ADDED_TRIGGER']);
  });

  it('say what is near to one that there is none of', () => {
    expect(() => types.get({ ...project, slug: 'ACME_NOTE_CHANGED' })).toThrow(
      expect.objectContaining({
        code: 'trigger_type_not_found',
        suggestion: 'Did you mean ACME_NOTE_ADDED_TRIGGER?',
      }) as Error,
    );
  });

  it('are of the version of their toolkit', () => {
    const { version } = toolkit;
    const of = (versions: string) => types.list({ ...project, versions, limit: 20 }).items.length;
    expect([of('latest'), of(version), of('20200101_00')]).toEqual([1, 1, 0]);
    expect(() => types.get({ ...project, slug: noteAdded.slug, versions: { acme: '20200101_00' } })).toThrow(
      /version/,
    );
  });

  it('fill in defaults, and name what they do not know', () => {
    const check = (config: Record<string, unknown>) =>
      types.check({ ...project, slug: noteAdded.slug, config });
    expect(check({ folder: 'f1' })).toMatchObject({
      config: { folder: 'f1', key: 'none', interval: 1 },
      interval: 1,
    });
    expect(() => check({ folder: 'f1', fodler: 'f2' })).toThrow(/fodler/);
    expect(() => check({})).toThrow(
      expect.objectContaining({ issues: ['folder: is required (string)'] }) as Error,
    );
    expect(() => check({ folder: 'f1', interval: 0 })).toThrow(/interval/);
  });

  it('are pushed where providers reach this installation, and then show no interval', () => {
    const reachable = new TriggerTypesService(new TriggerCatalogue([toolkit], true));
    const pushed = reachable.get({ ...project, slug: noteAdded.slug });
    expect(pushed).toMatchObject({ mechanism: 'webhook', mechanisms: ['webhook', 'poll'], servable: true });
    expect(pushed.config).toMatchObject({ type: 'object', required: ['folder'] });
    expect(Object.keys(pushed.config['properties'] as object)).toEqual(['folder', 'key']);
    const polled = types.get({ ...project, slug: noteAdded.slug });
    expect(Object.keys(polled.config['properties'] as object)).toContain('interval');
  });
});

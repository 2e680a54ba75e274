import { readFile } from 'node:fs/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contracts from '@patchbay/contracts';
import { SERVICES, type ServiceName } from '@patchbay/contracts';
import { startNats } from '@patchbay/local';
import { natsConf } from '../../infra/nats/generate.mjs';
import { permissionsOf } from '../../infra/nats/permissions.mjs';

const CONF = new URL('../../infra/nats/nats.conf', import.meta.url);

const declared = Object.values(contracts).flatMap((value) =>
  typeof value === 'object' && value !== null && 'subject' in value ? [String(value.subject)] : [],
);
const requests = declared.filter((subject) => !/^(events|signals)\./.test(subject));
const events = declared.filter((subject) => subject.startsWith('events.'));
const signals = declared.filter((subject) => subject.startsWith('signals.'));

/** Read once: finding them goes through the sources of all services. */
const permissions = new Map(SERVICES.map((service) => [service, permissionsOf(service)]));
const allowed = (service: ServiceName, way: 'publish' | 'subscribe') =>
  (permissions.get(service)?.[way] ?? []).map(([subject]) => subject);

/** Whether a subject is one of those that a pattern of NATS means. */
function matches(pattern: string, subject: string): boolean {
  const [wanted, given] = [pattern.split('.'), subject.split('.')];
  return (
    wanted.every((token, index) => token === '>' || token === '*' || token === given[index]) &&
    (wanted.at(-1) === '>' || wanted.length === given.length)
  );
}
const may = (service: ServiceName, way: 'publish' | 'subscribe', subject: string) =>
  allowed(service, way).some((pattern) => matches(pattern, subject));

describe('nats.conf', () => {
  let server: Awaited<ReturnType<typeof startNats>>;
  const clients = {} as Record<ServiceName, NatsConnection>;

  beforeAll(async () => {
    server = await startNats({
      config: CONF.pathname,
      env: Object.fromEntries(
        SERVICES.map((name) => [`NATS_${name.toUpperCase()}_PASSWORD`, `secret-${name}`]),
      ),
    });
    for (const name of SERVICES) {
      clients[name] = await connect({
        servers: server.url,
        user: name,
        pass: `secret-${name}`,
        inboxPrefix: `_INBOX_${name}`,
      });
      clients[name].subscribe(`${name}.>`, {
        queue: name,
        callback: (_error, message) => void message?.respond(`${name} heard ${message.subject}`),
      });
    }
    await Promise.all(SERVICES.map((name) => clients[name].flush()));
  });

  afterAll(async () => {
    await Promise.all(Object.values(clients).map((client) => client.close()));
    await server?.stop();
  });

  const ask = async (from: ServiceName, subject: string) =>
    (await clients[from].request(subject, undefined, { timeout: 5_000 })).string();

  /** Those that the server lets a service hear: it answers either way, so that no time has to pass. */
  async function heardBy(service: ServiceName, subjects: string[]): Promise<string[]> {
    const refused = new Set<string>();
    const subscriptions = subjects.map((subject) =>
      clients[service].subscribe(subject, { callback: (error) => void (error && refused.add(subject)) }),
    );
    await clients[service].flush();
    for (const subscription of subscriptions) subscription.unsubscribe();
    return subjects.filter((subject) => !refused.has(subject));
  }

  async function publishes(service: ServiceName, subject: string): Promise<boolean> {
    const answer = await ask(service, subject).catch((error: Error) => error);
    return !(answer instanceof Error && /permission/i.test(answer.message));
  }

  it('is what the services use: after a change, run node infra/nats/generate.mjs', async () => {
    expect(await readFile(CONF, 'utf8')).toBe(natsConf());
  });

  it('lets a service ask what it asks, and gives it the answer', async () => {
    const calls = SERVICES.flatMap((from) =>
      requests.filter((subject) => may(from, 'publish', subject)).map((subject) => [from, subject] as const),
    );
    expect(calls.length).toBeGreaterThan(80);
    for (const [from, subject] of calls) {
      expect(await ask(from, subject)).toBe(`${subject.split('.')[0]} heard ${subject}`);
    }
  });

  it.each(SERVICES)('lets %s send nothing but what it uses', async (service) => {
    const others = [...requests, ...events, ...signals].filter(
      (subject) => !may(service, 'publish', subject),
    );
    expect(others.length).toBeGreaterThan(20);
    const sent = await Promise.all(others.map((subject) => publishes(service, subject)));
    expect(others.filter((_, index) => sent[index])).toEqual([]);
  });

  it.each(SERVICES)('lets %s hear nothing but what it uses', async (service) => {
    const others = [
      ...[...requests, ...events, ...signals].filter((subject) => !may(service, 'subscribe', subject)),
      ...SERVICES.filter((other) => other !== service).flatMap((other) => [
        `${other}.>`,
        `_INBOX_${other}.>`,
      ]),
      '>',
      'events.>',
      '_INBOX.>',
      '$JS.>',
      '$SYS.>',
    ];
    expect(await heardBy(service, others)).toEqual([]);
  });

  it('lets only the gateway make keys and projects, and only tools open credentials', () => {
    const whoMay = (subject: string) => SERVICES.filter((service) => may(service, 'publish', subject));
    for (const subject of [
      contracts.createApiKey,
      contracts.rotateApiKeys,
      contracts.createProject,
      contracts.deleteProject,
    ].map((contract) => contract.subject)) {
      expect([subject, whoMay(subject)]).toEqual([subject, ['gateway']]);
    }
    expect(whoMay(contracts.openCredential.subject)).toEqual(['tools']);
  });

  it('keeps what tools were given and answered from everyone but the gateway, tools and the record', () => {
    const finished = 'events.tools.call.finished';
    expect(SERVICES.filter((service) => may(service, 'subscribe', finished))).toEqual(['gateway']);
  });

  it('keeps events: logs owns the stream, a service publishes its own, logs consumes and acknowledges', async () => {
    const manager = await jetstreamManager(clients.logs, { checkAPI: false });
    await manager.streams.add({ name: 'EVENTS', subjects: ['events.>'] });
    await manager.consumers.add('EVENTS', {
      durable_name: 'logs-record',
      filter_subject: 'events.>',
      ack_policy: 'explicit',
    });
    const ack = await jetstream(clients.sessions).publish('events.sessions.session.created', 'one', {
      msgID: '1',
    });
    expect(ack).toMatchObject({ stream: 'EVENTS', seq: 1, duplicate: false });
    await expect((await jetstreamManager(clients.tools)).streams.info('EVENTS')).resolves.toMatchObject({
      state: { messages: 1 },
    });
    const consumer = await jetstream(clients.logs).consumers.get('EVENTS', 'logs-record');
    const message = await consumer.next({ expires: 5_000 });
    expect(message?.string()).toBe('one');
    await message?.ackAck();
    await expect(consumer.info()).resolves.toMatchObject({ num_ack_pending: 0, num_pending: 0 });
  });

  it('lets a service make its own consumer with its own filter, and read nothing else out of the stream', async () => {
    const manager = await jetstreamManager(clients.workbench);
    const deletions = { durable_name: 'workbench-deletions', ack_policy: 'explicit' } as const;
    await manager.consumers.add('EVENTS', { ...deletions, filter_subject: 'events.*.*.deleted' });
    const attempts = [
      () => manager.consumers.add('EVENTS', { ...deletions, filter_subject: 'events.>' }),
      () => manager.consumers.add('EVENTS', deletions),
      () => manager.consumers.add('EVENTS', { durable_name: 'mine', ack_policy: 'explicit' }),
      () => manager.consumers.delete('EVENTS', 'logs-record'),
      () => manager.streams.delete('EVENTS'),
      () => manager.streams.purge('EVENTS'),
      () => manager.streams.getMessage('EVENTS', { seq: 1 }),
      () => manager.streams.add({ name: 'MINE', subjects: ['mine.>'] }),
      () => jetstream(clients.workbench).publish('events.auth.key.revoked', 'x'),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/permission/i);
  });

  it('refuses a wrong password', async () => {
    await expect(
      connect({ servers: server.url, user: 'tools', pass: 'wrong', reconnect: false }),
    ).rejects.toThrow(/authorization/i);
  });
});

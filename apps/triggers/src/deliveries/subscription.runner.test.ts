import { expect, it } from 'vitest';
import { newId, type TriggerEvent } from '@patchbay/contracts';
import type { Logger } from '@patchbay/service';
import type { OutcomesWriter } from './outcomes.writer.js';
import type { DueDelivery, Lease, QueueLeases } from './queue.leases.js';
import { SubscriptionRunner } from './subscription.runner.js';
import type { Outcome, WebhookClient } from './webhook.client.js';

const WINDOW = 4;
const ENDPOINT = { id: 'sub_1', projectId: 'proj_1', url: 'https://a.example', version: 'V3', secret: 's' };
const DELIVERED = { error: null, isGone: false, isTrouble: false } as Outcome;

/** A runner with so many deliveries that are due; the endpoint answers at once, and the record when it is let. */
function running(count: number) {
  const due = new Map(
    Array.from({ length: count }, () => {
      const messageId = newId('event');
      const event = { messageId, attempts: 0, tries: 0, at: new Date(), storedAt: new Date() };
      return [messageId, event as unknown as DueDelivery];
    }),
  );
  const sent: string[] = [];
  const unwritten: (() => void)[] = [];
  const leases = {
    due: (_: string, besides: string[], limit: number) => {
      const deliveries = [...due.values()].filter(({ messageId }) => !besides.includes(messageId));
      return Promise.resolve({ endpoint: ENDPOINT as Lease, deliveries: deliveries.slice(0, limit) });
    },
  };
  const client = {
    deliver: (_: Lease, messageId: string, __: TriggerEvent) => {
      sent.push(messageId);
      return Promise.resolve(DELIVERED);
    },
  };
  const outcomes = {
    write: (_: string, { messageId }: DueDelivery) =>
      new Promise<void>((resolve) => {
        unwritten.push(() => {
          due.delete(messageId);
          resolve();
        });
      }),
  };
  const runner = new SubscriptionRunner(ENDPOINT.id, {
    leases: leases as unknown as QueueLeases,
    client: client as unknown as WebhookClient,
    outcomes: outcomes as unknown as OutcomesWriter,
    logger: {} as Logger,
    maxWindow: WINDOW,
    enter: () => () => undefined,
  });
  const writeAll = () => unwritten.splice(0).forEach((write) => write());
  return { run: runner.run(), sent, writeAll };
}

/** What can happen without anything being written has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('does not let an endpoint wait for the record, and has a bound for what is not on it', async () => {
  const { run, sent, writeAll } = running(100);
  await settled();
  expect(sent).toHaveLength(WINDOW * 5);
  writeAll();
  await settled();
  expect(sent).toHaveLength(WINDOW * 10);
  while (sent.length < 100) {
    writeAll();
    await settled();
  }
  writeAll();
  await run;
  expect(new Set(sent).size).toBe(100);
  expect(sent).toHaveLength(100);
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Environment } from './environment.js';

/** Every event of a platform's stream, as text: read as the one service that may read them. */
export async function allEvents({ home, natsUrl }: Environment): Promise<string[]> {
  const secrets = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8')) as {
    natsPasswords: { logs: string };
  };
  const nats = await connect({
    servers: natsUrl,
    user: 'logs',
    pass: secrets.natsPasswords.logs,
    inboxPrefix: '_INBOX_logs',
  });
  try {
    const { streams } = await jetstreamManager(nats);
    const { state } = await streams.info('EVENTS');
    const events: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      // One that was taken away by then is no longer there to tell anything.
      const message = await streams.getMessage('EVENTS', { seq }).catch(() => null);
      if (message) events.push(`${message.subject} ${message.string()}`);
    }
    return events;
  } finally {
    await nats.close();
  }
}

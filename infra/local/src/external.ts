import { withClient } from './database.js';
import { greeting } from './ports.js';
import { Refusal } from '../preflight.mjs';

/** Refuses a DATABASE_URL at which no Postgres lets us in, before anything is started for it. */
export async function requireDatabase(url: string): Promise<void> {
  try {
    await withClient(url, (client) => client.query('select 1'));
  } catch (cause) {
    const reason =
      cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : String(cause);
    throw new Refusal(
      `DATABASE_URL: ${withoutPassword(url)} cannot be used: ${reason}.`,
      'Check that Postgres runs there and that the database exists, or unset DATABASE_URL to have one started here.',
      { cause },
    );
  }
}

/** Refuses a NATS_URL at which no NATS server answers; of a list, one has to. */
export async function requireNats(urls: string): Promise<void> {
  for (const text of urls.split(',')) {
    const { hostname, port, protocol } = new URL(text.trim());
    // Over a websocket the server waits for us to speak first: left to the services.
    if (protocol.startsWith('ws')) return;
    const host = hostname.replace(/^\[|\]$/g, '');
    if ((await greeting(host, Number(port || 4222), 5_000))?.startsWith('INFO')) return;
  }
  const shown = urls.split(',').map((url) => withoutPassword(url.trim()));
  throw new Refusal(
    `NATS_URL: no NATS server answers at ${shown.join(', ')}.`,
    'Check that it runs there with JetStream, or unset NATS_URL to have one started here.',
  );
}

function withoutPassword(text: string): string {
  const url = new URL(text);
  if (url.password) url.password = '***';
  return url.href;
}

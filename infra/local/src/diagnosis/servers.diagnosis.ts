import { join } from 'node:path';
import { root, type Settings } from '../config.js';
import { withClient } from '../database.js';
import { requireDatabase, requireNats } from '../external.js';
import { commandOf, isOurs, readPid } from '../leftovers.js';
import { areMigrated } from '../migrated.js';
import { owners } from '../database-job.js';
import { greeting } from '../ports.js';
import type { KeptSecrets } from '../secrets.js';
import { runningPostgres } from '../running-postgres.js';
import { databaseUrls } from '../servers.js';
import { ok, problem, refusalOf, warning, type Finding } from './finding.js';
import { logOf } from './last-error.js';

const RESTART = 'Stop Patchbay with Ctrl-C and start it again.';
/** Postgres keeps some for its superuser, and a few are always wanted at once. */
const CONNECTIONS_SHARE = 0.9;
/** An event leaves within moments while NATS is there. */
const WAITING_EVENTS = 1_000;

/** Postgres and NATS as a running platform needs them, and what stands in the tables of its services. */
export async function diagnoseServers(settings: Settings, secrets: KeptSecrets): Promise<Finding[]> {
  const [postgres, nats] = await Promise.all([postgresOf(settings, secrets), natsOf(settings)]);
  const { finding, url } = postgres;
  if (!url) return [finding, nats];
  return [finding, nats, ...(await tables(settings, secrets, url))];
}

async function postgresOf(
  settings: Settings,
  secrets: KeptSecrets,
): Promise<{ finding: Finding; url?: string }> {
  const { DATABASE_URL: given, PATCHBAY_HOME: home } = settings;
  if (given) {
    const finding = await refusalOf('Postgres', () => requireDatabase(given));
    return finding ? { finding } : { finding: ok('Postgres', 'It answers at DATABASE_URL.'), url: given };
  }
  const running = runningPostgres(home, secrets.postgresPassword);
  if (!running)
    return { finding: problem('Postgres', 'It does not run.', `${RESTART} ${logOf(home, 'postgres')}`) };
  const { port, url } = running;
  try {
    await withClient(url, (client) => client.query('select 1'));
    return { finding: ok('Postgres', `It answers on port ${port}.`), url };
  } catch (error) {
    const message = `It runs, and does not answer on port ${port}: ${(error as Error).message}.`;
    return { finding: problem('Postgres', message, `${RESTART} ${logOf(home, 'postgres')}`) };
  }
}

async function natsOf({ NATS_URL: given, PATCHBAY_HOME: home }: Settings): Promise<Finding> {
  if (given)
    return (await refusalOf('NATS', () => requireNats(given))) ?? ok('NATS', 'It answers at NATS_URL.');
  const storeDir = join(home, 'nats');
  const pid = readPid(join(storeDir, 'nats.pid'));
  if (pid === undefined || !isOurs(pid, 'nats-server', storeDir))
    return problem('NATS', 'It does not run.', `${RESTART} ${logOf(home, 'nats')}`);
  const command = commandOf(pid);
  const port = Number(command[command.indexOf('-p') + 1]);
  if ((await greeting('127.0.0.1', port))?.startsWith('INFO'))
    return ok('NATS', `It answers on port ${port}.`);
  return problem(
    'NATS',
    `It runs, and does not answer on port ${port}.`,
    `${RESTART} ${logOf(home, 'nats')}`,
  );
}

async function tables(settings: Settings, secrets: KeptSecrets, url: string): Promise<Finding[]> {
  const { databasePasswords } = secrets;
  const isOwn = !settings.DATABASE_URL;
  // What an older version kept has no roles for its services; the next start makes them.
  if (isOwn && !databasePasswords) return [];
  const urlOf = databaseUrls(url, { databasePasswords: databasePasswords ?? {} }, isOwn);
  const schemas = owners.map((service) => ({ service, url: urlOf(service) }));
  const migrated = await areMigrated(root, schemas);
  const findings = [
    migrated
      ? ok('Migrations', 'The tables are as this version has them.')
      : warning(
          'Migrations',
          'The tables are not known to be as this version has them.',
          'Start Patchbay again: a start brings them up to date.',
        ),
  ];
  if (!migrated && !(await isThere(url))) return findings;
  return [...findings, await connections(url), ...(await events(url))];
}

async function isThere(url: string): Promise<boolean> {
  const found = owners.map((name) => `'${name}.dead_letters', '${name}.outbox'`).join(', ');
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select bool_and(to_regclass(name) is not null) as there from unnest(array[${found}]) as name`,
    );
    return rows[0]?.['there'] === true;
  });
}

async function connections(url: string): Promise<Finding> {
  const { rows } = await withClient(url, (client) =>
    client.query(
      `select count(*)::int as used, current_setting('max_connections')::int as most from pg_stat_activity where backend_type = 'client backend'`,
    ),
  );
  const { used, most } = rows[0] as { used: number; most: number };
  const message = `${used} of ${most} connections to Postgres are in use.`;
  if (used < most * CONNECTIONS_SHARE) return ok('Connections', message);
  return problem('Connections', message, 'Raise max_connections of Postgres, or run fewer replicas.');
}

/** Events that wait to be published, and those that were given up. */
async function events(url: string): Promise<Finding[]> {
  const counts = owners.map(
    (name) =>
      `select '${name}' as service, (select count(*)::int from ${name}.outbox) as waiting, (select count(retry_at)::int from ${name}.outbox) as refused, (select count(*)::int from ${name}.dead_letters) as dead`,
  );
  const { rows } = await withClient(url, (client) => client.query(counts.join(' union all ')));
  const services = rows as unknown as { service: string; waiting: number; refused: number; dead: number }[];
  const told = (field: 'waiting' | 'refused' | 'dead') =>
    services
      .filter((one) => one[field] > (field === 'waiting' ? WAITING_EVENTS : 0))
      .map((one) => `${one.service} ${one[field]}`);
  const [waiting, refused, dead] = [told('waiting'), told('refused'), told('dead')];
  const findings: Finding[] = [];
  if (refused.length > 0)
    findings.push(
      problem(
        'Outbox',
        `The event stream refuses events: ${refused.join(', ')}.`,
        'The log of the service says why: rights or room of NATS, mostly. They are tried again by themselves.',
      ),
    );
  else if (waiting.length > 0)
    findings.push(
      problem(
        'Outbox',
        `Events wait to be published: ${waiting.join(', ')}.`,
        'Look whether NATS runs and the services reach it; what waits is published then.',
      ),
    );
  else findings.push(ok('Outbox', 'All events are published.'));
  findings.push(deadLetters(dead));
  return findings;
}

/** @param services each with its number of them */
export function deadLetters(services: string[]): Finding {
  if (services.length === 0) return ok('Dead letters', 'There are none.');
  return problem(
    'Dead letters',
    `Events were set aside: ${services.join(', ')}.`,
    'GET /api/v3.1/org/dead_letters/{service} lists them with the reason; send each again or discard it (docs/operating/watch.md#dead-letters).',
  );
}

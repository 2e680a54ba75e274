import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '@patchbay/service';
import { DataSource, QueryFailedError } from 'typeorm';
import type { LogsConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_MS = 60 * 60 * 1000;
/** An arbitrary number that all replicas share. */
const PARTITION_LOCK = 7_246_002;

interface Partitioning {
  /** The column that says which partition. */
  by: string;
  /** Of a partition: a table that holds little for long has few of them, as each query looks into all. */
  period: 'day' | 'month';
  retention: 'PATCHBAY_LOG_RETENTION_DAYS' | 'PATCHBAY_AUDIT_RETENTION_DAYS';
}
const TABLES = {
  calls: { by: 'started_at', period: 'day', retention: 'PATCHBAY_LOG_RETENTION_DAYS' },
  events: { by: 'at', period: 'day', retention: 'PATCHBAY_LOG_RETENTION_DAYS' },
  audit: { by: 'at', period: 'month', retention: 'PATCHBAY_AUDIT_RETENTION_DAYS' },
} as const satisfies Record<string, Partitioning>;
type Table = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as Table[];

/** Makes a partition for each day that needs one, and drops what is past its retention. */
@Injectable()
export class PartitionManager implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly known = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: LogsConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const sweep = () => {
      this.sweeping = this.sweep();
    };
    this.timer = setInterval(sweep, SWEEP_MS);
    sweep();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Whether a row of that time is still within its retention. */
  isWithinRetention(table: Table, time: Date): boolean {
    return dayOf(time) >= this.oldestDay(table);
  }

  /** Makes the partition that holds this time, if there is none. */
  async ensure(table: Table, time: Date): Promise<void> {
    const begin = beginOf(table, time);
    const name = nameOf(table, begin);
    if (this.known.has(name)) return;
    await this.create(table, name, begin);
    this.known.add(name);
  }

  private oldestDay(table: Table): string {
    return daysAgo(this.config[TABLES[table].retention]);
  }

  private async create(table: Table, name: string, begin: string): Promise<void> {
    const end = endOf(table, begin);
    try {
      await this.dataSource.transaction(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
        await manager.query(
          `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table} FOR VALUES FROM ('${begin}Z') TO ('${end}Z')`,
        );
      });
    } catch (error) {
      // The time has rows in the default partition already; its others may lie there as well.
      if (!isCheckViolation(error)) throw error;
      this.logger.warn(
        { partition: name },
        'the rows of this partition stay in the default one, which has rows of its time already',
      );
    }
  }

  private async sweep(): Promise<void> {
    try {
      const now = Date.now();
      for (const table of NAMES) {
        // Tomorrow's as well, so that midnight finds it there.
        for (const time of [now, now + DAY_MS]) await this.ensure(table, new Date(time));
        await this.dropExpired(table);
      }
      await this.dataSource.query('DELETE FROM rejected_events WHERE rejected_at < $1', [
        `${this.oldestDay('events')}Z`,
      ]);
      await this.dataSource.query('DELETE FROM call_times WHERE at < $1', [`${this.oldestDay('calls')}Z`]);
      const oldestUsage = daysAgo(this.config.PATCHBAY_USAGE_RETENTION_DAYS);
      for (const table of ['usage', 'usage_by_day', 'tool_usage', 'session_usage']) {
        await this.dataSource.query(`DELETE FROM ${table} WHERE day < $1`, [oldestUsage]);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'partition maintenance failed; it is retried in an hour');
    }
  }

  private async dropExpired(table: Table): Promise<void> {
    const oldestDay = this.oldestDay(table);
    const { by, period } = TABLES[table];
    const digits = period === 'day' ? 8 : 6;
    const expired: { name: string }[] = await this.dataSource.query(
      `SELECT child.relname AS name FROM pg_inherits
         JOIN pg_class child ON child.oid = inhrelid
       WHERE inhparent = '${table}'::regclass AND child.relname ~ '^${table}_[0-9]{${digits}}$' AND child.relname < $1`,
      [nameOf(table, beginOf(table, new Date(oldestDay)))],
    );
    for (const { name } of expired) {
      await this.dataSource.query(`DROP TABLE ${name}`);
      this.known.delete(name);
      this.logger.info({ partition: name }, 'dropped a partition past its retention');
    }
    // What never had a partition of its own, and the expired days of a month that has not expired as a whole.
    const rest = period === 'day' ? `${table}_default` : table;
    await this.dataSource.query(`DELETE FROM ${rest} WHERE ${by} < $1`, [`${oldestDay}Z`]);
  }
}

function isCheckViolation(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23514';
}

function daysAgo(days: number): string {
  return dayOf(new Date(Date.now() - days * DAY_MS));
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** The first day of the partition that holds the time. */
function beginOf(table: Table, time: Date): string {
  const day = dayOf(time);
  return TABLES[table].period === 'day' ? day : `${day.slice(0, 7)}-01`;
}

/** The first day after the partition that begins on this one. */
function endOf(table: Table, begin: string): string {
  const next = new Date(begin);
  if (TABLES[table].period === 'day') next.setUTCDate(next.getUTCDate() + 1);
  else next.setUTCMonth(next.getUTCMonth() + 1);
  return dayOf(next);
}

/** `calls_20261120`, `audit_202611`: in the order of time. */
function nameOf(table: Table, begin: string): string {
  const length = TABLES[table].period === 'day' ? 10 : 7;
  return `${table}_${begin.slice(0, length).replaceAll('-', '')}`;
}

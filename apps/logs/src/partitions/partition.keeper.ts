import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '@patchbay/service';
import { DataSource, QueryFailedError } from 'typeorm';
import type { LogsConfig } from '../config.js';
import { CONFIG } from '../tokens.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_MS = 60 * 60 * 1000;
/** Any number will do, as long as all replicas use the same. */
const PARTITION_LOCK = 7_246_002;

/** The tables with a partition a day, and the column that says which. */
const TABLES = { calls: 'started_at', events: 'at' } as const;
type Table = keyof typeof TABLES;

/** Makes a partition for each day that needs one, and drops what is past its retention. */
@Injectable()
export class PartitionKeeper implements OnApplicationBootstrap, OnModuleDestroy {
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

  /** Whether something of that time is still within its retention. */
  isKept(time: Date): boolean {
    return dayOf(time) >= this.oldestDay();
  }

  async ensure(times: readonly Date[]): Promise<void> {
    const days = new Set(times.map(dayOf));
    for (const day of days) if (!this.known.has(day)) await this.create(day);
  }

  private oldestDay(): string {
    return daysAgo(this.config.PATCHBAY_LOG_RETENTION_DAYS);
  }

  private async create(day: string): Promise<void> {
    for (const table of Object.keys(TABLES) as Table[]) await this.createPartition(table, day);
    this.known.add(day);
  }

  private async createPartition(table: Table, day: string): Promise<void> {
    const next = dayOf(new Date(Date.parse(day) + DAY_MS));
    try {
      await this.dataSource.transaction(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
        await manager.query(
          `CREATE TABLE IF NOT EXISTS ${nameOf(table, day)} PARTITION OF ${table} FOR VALUES FROM ('${day}Z') TO ('${next}Z')`,
        );
      });
    } catch (error) {
      // The day has rows in the default partition already; its others may lie there as well.
      if (!isCheckViolation(error)) throw error;
      this.logger.warn({ table, day }, 'the rows of a day stay in the default partition');
    }
  }

  private async sweep(): Promise<void> {
    try {
      const now = Date.now();
      // Tomorrow's as well, so that midnight finds it there.
      await this.ensure([new Date(now), new Date(now + DAY_MS)]);
      for (const table of Object.keys(TABLES) as Table[]) await this.dropExpired(table, this.oldestDay());
      await this.dataSource.query('DELETE FROM rejected_events WHERE rejected_at < $1', [
        `${this.oldestDay()}Z`,
      ]);
      const oldestUsage = daysAgo(this.config.PATCHBAY_USAGE_RETENTION_DAYS);
      for (const table of ['usage', 'usage_by_day']) {
        await this.dataSource.query(`DELETE FROM ${table} WHERE day < $1`, [oldestUsage]);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'the partitions could not be looked after; tried again later');
    }
  }

  private async dropExpired(table: Table, oldestDay: string): Promise<void> {
    const expired: { name: string }[] = await this.dataSource.query(
      `SELECT child.relname AS name FROM pg_inherits
         JOIN pg_class child ON child.oid = inhrelid
       WHERE inhparent = '${table}'::regclass AND child.relname ~ '^${table}_[0-9]{8}$' AND child.relname < $1`,
      [nameOf(table, oldestDay)],
    );
    for (const { name } of expired) {
      await this.dataSource.query(`DROP TABLE ${name}`);
      this.known.delete(name.replace(/^.*_(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
      this.logger.info({ partition: name }, 'dropped a partition past its retention');
    }
    await this.dataSource.query(`DELETE FROM ${table}_default WHERE ${TABLES[table]} < $1`, [
      `${oldestDay}Z`,
    ]);
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

function nameOf(table: Table, day: string): string {
  return `${table}_${day.replaceAll('-', '')}`;
}

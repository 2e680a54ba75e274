import { Global, Module, type DynamicModule, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HealthRegistry, LOGGER, NatsClient, type Logger } from '@patchbay/service';
import { DataSource } from 'typeorm';
import type { DeadLetterService } from '@patchbay/contracts';
import { AfterCommit } from './after-commit.js';
import { deadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeadLetters } from './dead-letters/dead-letters.store.js';
import { DeadLetterSweep } from './dead-letters/dead-letters.sweep.js';
import { Deletions } from './deletions.js';
import { isPooled, serviceLimits } from './connection.options.js';
import { dataSourceOptions, type ServiceDatabase } from './data-source.options.js';
import { OutboxRelay } from './outbox/outbox.relay.js';
import { observeDataSource } from './pool.metrics.js';
import { Transactions } from './transactions.js';

/** A service's own schema, its transactions with events, and its part of the health check. */
@Global()
@Module({
  providers: [AfterCommit, DeadLetters, DeadLetterSweep, OutboxRelay, Transactions],
  exports: [AfterCommit, DeadLetters, Transactions],
})
export class DatabaseModule implements OnModuleInit, OnModuleDestroy {
  private observed: { forget(): void } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly health: HealthRegistry,
  ) {}

  static forRoot(url: string, database: ServiceDatabase): DynamicModule {
    return {
      module: DatabaseModule,
      // Each service owns the schema of its name.
      providers: [
        {
          provide: Deletions,
          inject: [NatsClient, LOGGER, DeadLetters],
          useFactory: (nats: NatsClient, logger: Logger, deadLetters: DeadLetters) =>
            new Deletions(nats, logger, deadLetters, database.schema),
        },
      ],
      exports: [Deletions],
      controllers: [deadLettersController(database.schema as DeadLetterService)],
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(url, database, serviceLimits),
          retryAttempts: 60,
          retryDelay: 1_000,
        }),
      ],
    };
  }

  async onModuleInit(): Promise<void> {
    await requireDefaults(this.dataSource);
    this.health.register('postgres', () => this.dataSource.query('SELECT 1'));
    this.observed = observeDataSource(this.dataSource);
  }

  onModuleDestroy(): void {
    this.observed?.forget();
  }
}

/** Behind a pooler a role without settings of its own would find no table, or another's, and wait without end. */
async function requireDefaults({ options, manager }: DataSource): Promise<void> {
  if (options.type !== 'postgres' || !isPooled(options.url ?? '')) return;
  const { schema } = options;
  const [found] = await manager.query<{ schema: string | null; limit: string }[]>(
    `SELECT current_schema() AS schema, current_setting('statement_timeout') AS limit`,
  );
  if (found?.schema === schema && found?.limit !== '0') return;
  throw new Error(
    `Behind a pooler the role of DATABASE_URL needs its search_path and statement_timeout: run the migrations job with DATABASE_URL_${schema?.toUpperCase()}.`,
  );
}

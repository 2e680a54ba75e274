import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '@patchbay/database';
import { Call } from './calls/call.entity.js';
import { CallsController } from './calls/calls.controller.js';
import { CallsService } from './calls/calls.service.js';
import { CallsWriter } from './calls/calls.writer.js';
import { PartitionKeeper } from './calls/partition.keeper.js';
import type { LogsConfig } from './config.js';
import { database } from './database.js';
import { CONFIG } from './tokens.js';

@Module({
  imports: [TypeOrmModule.forFeature([Call])],
  controllers: [CallsController],
  providers: [CallsService, CallsWriter, PartitionKeeper],
})
export class AppModule {
  static forRoot(config: LogsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)],
      providers: [{ provide: CONFIG, useValue: config }],
    };
  }
}

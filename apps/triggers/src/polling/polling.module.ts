import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { RegistrationsModule } from '../registrations/index.js';
import { LeasesStore } from './leases.store.js';
import { PlanBatches } from './plan.batches.js';
import { PollService } from './poll.service.js';
import { Poller } from './poller.js';

@Module({
  imports: [EventsModule, RegistrationsModule],
  providers: [LeasesStore, PlanBatches, Poller, PollService],
})
export class PollingModule {}

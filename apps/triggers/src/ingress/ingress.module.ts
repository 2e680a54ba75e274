import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EndpointsModule } from '../endpoints/index.js';
import { EventsModule } from '../events/index.js';
import { ReceiversModule } from '../receivers/index.js';
import { RegistrationsModule, TriggerInstance } from '../registrations/index.js';
import { IngressTargets } from './ingress-targets.js';
import { IngressController } from './ingress.controller.js';
import { IngressService } from './ingress.service.js';

@Module({
  imports: [
    EndpointsModule,
    EventsModule,
    ReceiversModule,
    RegistrationsModule,
    TypeOrmModule.forFeature([TriggerInstance]),
  ],
  controllers: [IngressController],
  providers: [IngressService, IngressTargets],
})
export class IngressModule {}

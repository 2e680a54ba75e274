import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventsModule } from '../events/index.js';
import { VaultModule } from '../vault/index.js';
import { HooksStore } from './hooks.store.js';
import { InstanceStates } from './instance-states.service.js';
import { RegistrationsService } from './registrations.service.js';
import { RegistrationsSweep } from './registrations.sweep.js';
import { TriggerHook } from './trigger-hook.entity.js';
import { TriggerInstance } from './trigger-instance.entity.js';

/** Instances as they lie in the table, and the hooks of theirs at providers. */
@Module({
  imports: [EventsModule, TypeOrmModule.forFeature([TriggerHook, TriggerInstance]), VaultModule],
  providers: [HooksStore, InstanceStates, RegistrationsService, RegistrationsSweep],
  exports: [HooksStore, InstanceStates, RegistrationsService],
})
export class RegistrationsModule {}

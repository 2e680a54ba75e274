import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RemovalConfirmation } from './removal-confirmation.entity.js';
import { RemovalConfirmations } from './removal-confirmations.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([RemovalConfirmation])],
  providers: [RemovalConfirmations],
  exports: [RemovalConfirmations],
})
export class RemovalConfirmationsModule {}

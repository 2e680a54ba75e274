import { Module } from '@nestjs/common';
import { MountsModule } from '../mounts/index.js';
import { OffloadService } from './offload.service.js';

@Module({
  imports: [MountsModule],
  providers: [OffloadService],
  exports: [OffloadService],
})
export class OffloadModule {}

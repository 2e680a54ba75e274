import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/index.js';
import { MountsController } from './mounts.controller.js';
import { MountsService } from './mounts.service.js';

@Module({
  imports: [SessionsModule],
  controllers: [MountsController],
  providers: [MountsService],
  exports: [MountsService],
})
export class MountsModule {}

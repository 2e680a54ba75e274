import { Module } from '@nestjs/common';
import { HttpModule } from '../http/index.js';
import { ReferenceController } from './reference.controller.js';

@Module({ imports: [HttpModule], controllers: [ReferenceController] })
export class ReferenceModule {}

import { Module } from '@nestjs/common';
import { ConsoleModule } from '../console/index.js';
import { HttpModule } from '../http/index.js';
import { ReferenceController } from './reference.controller.js';

@Module({ imports: [ConsoleModule, HttpModule], controllers: [ReferenceController] })
export class ReferenceModule {}

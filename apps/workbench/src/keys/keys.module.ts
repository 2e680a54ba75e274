import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/index.js';
import { KeysController } from './keys.controller.js';

@Module({ imports: [WorkspacesModule], controllers: [KeysController] })
export class KeysModule {}

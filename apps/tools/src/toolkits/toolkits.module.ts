import { Module } from '@nestjs/common';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { TOOLKITS } from '../settings.module.js';
import { Catalogue } from './catalogue.js';

const shipped = {
  provide: Catalogue,
  useFactory: (toolkits: InstalledToolkit[]) => new Catalogue(toolkits),
  inject: [TOOLKITS],
};

@Module({ providers: [shipped], exports: [Catalogue] })
export class ToolkitsModule {}

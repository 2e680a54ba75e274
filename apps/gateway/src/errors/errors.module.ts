import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { LimitsModule } from '../limits/index.js';
import { HttpErrorFilter } from './http-error.filter.js';

@Module({
  imports: [LimitsModule],
  providers: [{ provide: APP_FILTER, useClass: HttpErrorFilter }],
})
export class ErrorsModule {}

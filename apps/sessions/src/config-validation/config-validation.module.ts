import { Module } from '@nestjs/common';
import { ConfigValidator } from './config.validator.js';

@Module({ providers: [ConfigValidator], exports: [ConfigValidator] })
export class ConfigValidationModule {}

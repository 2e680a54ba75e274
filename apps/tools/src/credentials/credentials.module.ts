import { Module } from '@nestjs/common';
import { CallCredentials } from './call-credentials.js';

@Module({ providers: [CallCredentials], exports: [CallCredentials] })
export class CredentialsModule {}

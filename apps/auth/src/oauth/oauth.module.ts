import { Module } from '@nestjs/common';
import { SchemesModule } from '../schemes/index.js';
import { ClientDocuments } from './client-documents.js';
import { OAuth1Flow } from './oauth1.flow.js';
import { OAuth2Flow } from './oauth2.flow.js';

@Module({
  imports: [SchemesModule],
  providers: [ClientDocuments, OAuth1Flow, OAuth2Flow],
  exports: [ClientDocuments, OAuth1Flow, OAuth2Flow],
})
export class OAuthModule {}

import { Module } from '@nestjs/common';
import { Schemes } from './schemes.js';
import { TokenEndpoint } from './token.endpoint.js';

@Module({
  providers: [Schemes, TokenEndpoint],
  exports: [Schemes, TokenEndpoint],
})
export class SchemesModule {}

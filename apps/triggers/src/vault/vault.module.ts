import { Module } from '@nestjs/common';
import { KeyCheck } from './key.check.js';
import { Vault } from './vault.service.js';

@Module({
  providers: [KeyCheck, Vault],
  exports: [Vault],
})
export class VaultModule {}

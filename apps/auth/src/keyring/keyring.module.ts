import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { VaultModule } from '../vault/index.js';
import { KeyringController } from './keyring.controller.js';
import { KeyringService } from './keyring.service.js';
import { TransferKey } from './transfer-key.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([TransferKey]), VaultModule],
  controllers: [KeyringController],
  providers: [KeyringService],
  exports: [KeyringService],
})
export class KeyringModule {}

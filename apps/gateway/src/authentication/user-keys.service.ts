import { Injectable } from '@nestjs/common';
import { verifyUserKey } from '@patchbay/contracts';
import { Bus, NatsClient } from '@patchbay/service';
import { PersonHolders } from './person-holders.js';

/** Whose a person's key is. */
@Injectable()
export class UserKeysService extends PersonHolders {
  constructor(bus: Bus, nats: NatsClient) {
    super(nats, (sha256) => bus.request(verifyUserKey, { sha256 }), 'This user key has expired.');
  }
}

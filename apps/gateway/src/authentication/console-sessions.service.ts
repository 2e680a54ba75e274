import { Injectable } from '@nestjs/common';
import { verifyConsoleSession } from '@patchbay/contracts';
import { Bus, NatsClient } from '@patchbay/service';
import { PersonHolders } from './person-holders.js';

/** Whose a session of the console is. */
@Injectable()
export class ConsoleSessionsService extends PersonHolders {
  constructor(bus: Bus, nats: NatsClient) {
    super(
      nats,
      (sha256) => bus.request(verifyConsoleSession, { sha256 }),
      'This session of the console has ended.',
    );
  }
}

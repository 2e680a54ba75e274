import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { OriginPolicy } from '../http/origin.policy.js';
import type { Exchange } from './exchange.js';

/**
 * Refuses what a web page sends that has made a name of its own lead here (DNS rebinding): its requests carry
 * that name as their host and origin.
 */
@Injectable()
export class OriginCheck {
  constructor(private readonly policy: OriginPolicy) {}

  /** @throws AppError `forbidden` */
  check(exchange: Exchange): void {
    if (
      this.policy.allowsHost(exchange.header('host')) &&
      this.policy.allowsOrigin(exchange.header('origin'))
    )
      return;
    throw new AppError('forbidden', 'Requests with this Host or Origin are not accepted.', {
      suggestion: 'The operator names further ones in PATCHBAY_ALLOWED_HOSTS and PATCHBAY_ALLOWED_ORIGINS.',
    });
  }
}

import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { OriginPolicy } from '../../http/index.js';
import type { HttpExchange } from './http-exchange.js';

/**
 * Protects from DNS rebinding: the requests of a web page whose name was made to resolve to this server have that name
 * as their host and origin.
 */
@Injectable()
export class OriginCheck {
  constructor(private readonly policy: OriginPolicy) {}

  /** @throws AppError `forbidden` */
  check(http: HttpExchange): void {
    if (this.policy.allowsHost(http.header('host')) && this.policy.allowsOrigin(http.header('origin')))
      return;
    throw new AppError('forbidden', 'Requests with this Host or Origin are not accepted.', {
      suggestion: 'The operator names further ones in PATCHBAY_ALLOWED_HOSTS and PATCHBAY_ALLOWED_ORIGINS.',
    });
  }
}

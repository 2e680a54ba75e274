import { Inject, Injectable } from '@nestjs/common';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import { AppError } from '@patchbay/contracts';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import type { Exchange } from './exchange.js';

/**
 * Refuses what a web page sends that has made a name of its own lead here (DNS rebinding): its requests carry
 * that name as their host and origin.
 */
@Injectable()
export class OriginCheck {
  private readonly hosts: string[];
  private readonly origins: string[];

  constructor(@Inject(CONFIG) config: Pick<GatewayConfig, 'PUBLIC_URL' | 'PATCHBAY_ALLOWED_HOSTS'>) {
    const { hostname } = new URL(config.PUBLIC_URL);
    const loopback = localhostAllowedHostnames();
    const named = [hostname, ...config.PATCHBAY_ALLOWED_HOSTS];
    this.hosts = [...named, ...loopback];
    this.origins = loopback.includes(hostname) ? this.hosts : named;
  }

  /** @throws AppError `forbidden` */
  check(exchange: Exchange): void {
    const host = validateHostHeader(exchange.header('host'), this.hosts);
    const origin = validateOriginHeader(exchange.header('origin'), this.origins);
    if (host.ok && origin.ok) return;
    throw new AppError('forbidden', 'Requests from this host or origin are not taken.', {
      suggestion: 'The operator names further hosts in PATCHBAY_ALLOWED_HOSTS.',
    });
  }
}

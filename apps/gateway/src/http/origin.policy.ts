import { Inject, Injectable } from '@nestjs/common';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

/** Under which names the gateway is reached, and from which web pages. */
@Injectable()
export class OriginPolicy {
  private readonly hosts: string[];
  private readonly originHosts: string[];
  private readonly origins: readonly string[];

  constructor(
    @Inject(CONFIG)
    config: Pick<GatewayConfig, 'PUBLIC_URL' | 'PATCHBAY_ALLOWED_HOSTS' | 'PATCHBAY_ALLOWED_ORIGINS'>,
  ) {
    const { hostname } = new URL(config.PUBLIC_URL);
    const loopback = localhostAllowedHostnames();
    const named = [hostname, ...config.PATCHBAY_ALLOWED_HOSTS];
    this.hosts = [...named, ...loopback];
    this.originHosts = loopback.includes(hostname) ? this.hosts : named;
    this.origins = config.PATCHBAY_ALLOWED_ORIGINS;
  }

  allowsHost(host: string | undefined): boolean {
    return validateHostHeader(host, this.hosts).ok;
  }

  /** What sends no origin is no web page. */
  allowsOrigin(origin: string | undefined): boolean {
    return (
      validateOriginHeader(origin, this.originHosts).ok ||
      (origin !== undefined && this.origins.includes(origin))
    );
  }
}

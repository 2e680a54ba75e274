import { Inject, Injectable } from '@nestjs/common';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

/** Under which names the gateway is reached, and from which web pages. */
@Injectable()
export class OriginPolicy {
  private readonly hosts: string[];
  private readonly originHosts: string[];
  private readonly origins: readonly string[];
  private readonly publicUrl: string;

  constructor(
    @Inject(CONFIG)
    config: Pick<GatewayConfig, 'PUBLIC_URL' | 'PATCHBAY_ALLOWED_HOSTS' | 'PATCHBAY_ALLOWED_ORIGINS'>,
  ) {
    this.publicUrl = config.PUBLIC_URL;
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

  /**
   * Under which URL the client of a request reaches the gateway, without a slash at its end: the origin it asked when
   * that is one of ours, else `PUBLIC_URL`. SDKs send their key to an MCP endpoint only on the origin of their base URL.
   */
  urlFor({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>): string {
    const asked = URL.parse(`${protocol}://${host}`);
    const isPublic = asked?.host === new URL(this.publicUrl).host;
    // The header is the client's own: it may hold more than a host.
    const isOrigin = asked?.href === `${asked?.origin}/`;
    return asked && isOrigin && !isPublic && this.allowsHost(host) ? asked.origin : this.publicUrl;
  }

  /** What sends no origin is no web page. */
  allowsOrigin(origin: string | undefined): boolean {
    return (
      validateOriginHeader(origin, this.originHosts).ok ||
      (origin !== undefined && this.origins.includes(origin))
    );
  }
}

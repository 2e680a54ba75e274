import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { PLAIN } from '../http/index.js';
import { apiDocument } from './document.js';
import { routesOf } from './routes.js';
import { VERSION } from './version.js';

/** The document of this gateway's routes, made when it is first asked for. */
@Injectable()
export class OpenApi implements OnApplicationBootstrap {
  private made: { text: string; etag: string } | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error for a route that is not described, so that the gateway does not start with one */
  onApplicationBootstrap(): void {
    routesOf(this.controllers());
  }

  document(): { text: string; etag: string } {
    if (!this.made) {
      const text = JSON.stringify(apiDocument(this.controllers(), VERSION));
      this.made = { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
    }
    return this.made;
  }

  private controllers(): Type[] {
    const plain = this.discovery.getProviders({ metadataKey: PLAIN.KEY });
    return [...this.discovery.getControllers(), ...plain].map(
      ({ instance }) => (instance as object).constructor as Type,
    );
  }
}

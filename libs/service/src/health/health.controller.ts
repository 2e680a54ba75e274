import { Controller, type Type } from '@nestjs/common';
import { checkHealth, type Health, type ServiceName } from '@patchbay/contracts';
import { Handle } from '../rpc/handle.js';
import { HealthRegistry } from './health.registry.js';

/** Answers `<service>.health.check`; a class a service, because the subject names it. */
export function healthController(service: ServiceName): Type {
  @Controller()
  class HealthController {
    constructor(readonly registry: HealthRegistry) {}

    @Handle(checkHealth(service))
    check(_input: Record<string, never>): Promise<Health> {
      return this.registry.check();
    }
  }
  return HealthController;
}

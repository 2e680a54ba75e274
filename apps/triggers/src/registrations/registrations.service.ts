import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  registerTrigger,
  removeTrigger,
  renewTrigger,
  type ErrorCode,
  type Registration,
} from '@patchbay/contracts';
import { Bus, LOGGER, type Logger } from '@patchbay/service';
import type { TriggersConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { HooksStore } from './hooks.store.js';
import type { TriggerHook } from './trigger-hook.entity.js';

/** With these the provider, or the account, says no: the same request would be refused again. */
const FINAL: readonly ErrorCode[] = [
  'connection_not_found',
  'no_active_connection',
  'account_not_usable',
  'credential_refused',
  'tool_not_allowed',
  'provider_refused',
  'trigger_type_not_found',
  'invalid_request',
];

export function isFinal(error: unknown): error is AppError {
  return error instanceof AppError && FINAL.includes(error.code);
}

/** What is asked of providers about hooks, with the account of their instance. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly bus: Bus,
    private readonly hooks: HooksStore,
    @Inject(CONFIG) private readonly config: Pick<TriggersConfig, 'PUBLIC_URL'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError as `registerTrigger` says */
  async register(hook: TriggerHook): Promise<Registration> {
    const address = this.hooks.addressOf(hook, this.config.PUBLIC_URL);
    const registration = await this.bus.request(registerTrigger, { ...ofInstance(hook), ...address });
    await this.keep(hook, registration);
    return registration;
  }

  /** @throws AppError as `renewTrigger` says */
  async renew(hook: TriggerHook): Promise<Registration> {
    const address = this.hooks.addressOf(hook, this.config.PUBLIC_URL);
    const data = hook.data ?? {};
    const registration = await this.bus.request(renewTrigger, {
      ...ofInstance(hook),
      ...address,
      hook: data,
    });
    await this.keep(hook, registration);
    return registration;
  }

  /** @throws AppError as `removeTrigger` says */
  async remove(hook: TriggerHook, data = hook.data): Promise<void> {
    if (data) await this.bus.request(removeTrigger, { ...ofInstance(hook), hook: data });
  }

  private async keep(hook: TriggerHook, registration: Registration): Promise<void> {
    if (await this.hooks.complete(hook.id, registration)) return;
    // Its instance went while the provider was asked, and nobody else knows of the hook.
    await this.remove(hook, registration.hook).catch((error: unknown) => {
      this.logger.warn(
        { err: error, hook: registration.hook },
        'a hook that nobody needs stays at the provider',
      );
    });
  }
}

function ofInstance({ projectId, userId, connectionId, triggerSlug, instanceId, config }: TriggerHook) {
  return { projectId, userId, connectionId, slug: triggerSlug, triggerId: instanceId, config };
}

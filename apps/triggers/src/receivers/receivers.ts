import { AppError, type WebhookSetupField } from '@patchbay/contracts';
import type { Receiver } from '@patchbay/toolkits/webhooks';

/** How each toolkit's webhooks are verified and read, in this installation. */
export class Receivers {
  constructor(private readonly byToolkit: ReadonlyMap<string, Receiver>) {}

  get(toolkit: string): Receiver | undefined {
    return this.byToolkit.get(toolkit);
  }

  /**
   * What the owner of an app of the toolkit has to give.
   * @throws AppError `not_found` for a toolkit whose apps send nothing
   */
  setupFields(toolkit: string): Readonly<Record<string, WebhookSetupField>> {
    const receiver = this.byToolkit.get(toolkit);
    if (receiver?.model === 'app') return receiver.setupFields;
    const others = [...this.byToolkit].filter(([, { model }]) => model === 'app').map(([slug]) => slug);
    throw new AppError('not_found', `Apps of ${toolkit} post to no endpoint.`, {
      suggestion: `Webhook endpoints are for apps of: ${others.toSorted().join(', ')}.`,
    });
  }
}

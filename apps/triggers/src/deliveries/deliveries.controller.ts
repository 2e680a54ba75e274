import { Controller } from '@nestjs/common';
import {
  deliveriesDue,
  getDelivery,
  listDeliveries,
  resendDelivery,
  type Delivery,
  type DeliveryDetail,
  type InputOf,
  type OutputOf,
  type SignalOf,
} from '@patchbay/contracts';
import { Handle, OnSignal } from '@patchbay/service';
import { DeliveriesService } from './deliveries.service.js';
import { Dispatcher } from './dispatcher.js';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Handle(listDeliveries)
  list(input: InputOf<typeof listDeliveries>): Promise<OutputOf<typeof listDeliveries>> {
    return this.deliveries.list(input);
  }

  @Handle(getDelivery)
  get(input: InputOf<typeof getDelivery>): Promise<DeliveryDetail> {
    return this.deliveries.get(input);
  }

  @Handle(resendDelivery)
  resend(input: InputOf<typeof resendDelivery>): Promise<Delivery> {
    return this.deliveries.resend(input);
  }

  @OnSignal(deliveriesDue)
  onDue({ subscriptionIds }: SignalOf<typeof deliveriesDue>): Promise<void> {
    return this.dispatcher.wake(subscriptionIds);
  }
}

import { Controller } from '@nestjs/common';
import {
  getTriggerEvent,
  listTriggerEvents,
  searchTriggerEvents,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { EventsReader } from './events.reader.js';

@Controller()
export class EventsController {
  constructor(private readonly events: EventsReader) {}

  @Handle(listTriggerEvents)
  list(input: InputOf<typeof listTriggerEvents>): Promise<OutputOf<typeof listTriggerEvents>> {
    return this.events.list(input);
  }

  @Handle(searchTriggerEvents)
  search(input: InputOf<typeof searchTriggerEvents>): Promise<OutputOf<typeof searchTriggerEvents>> {
    return this.events.search(input);
  }

  @Handle(getTriggerEvent)
  get(input: InputOf<typeof getTriggerEvent>): Promise<OutputOf<typeof getTriggerEvent>> {
    return this.events.get(input);
  }
}

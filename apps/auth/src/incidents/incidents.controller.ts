import { Controller } from '@nestjs/common';
import { beginIncident, getIncident, listIncidents, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { IncidentsService } from './incidents.service.js';

@Controller()
export class IncidentsController {
  constructor(private readonly incidents: IncidentsService) {}

  @Handle(beginIncident)
  begin(input: InputOf<typeof beginIncident>): Promise<OutputOf<typeof beginIncident>> {
    return this.incidents.begin(input);
  }

  @Handle(getIncident)
  get(input: InputOf<typeof getIncident>): Promise<OutputOf<typeof getIncident>> {
    return this.incidents.get(input.id);
  }

  @Handle(listIncidents)
  list(input: InputOf<typeof listIncidents>): Promise<OutputOf<typeof listIncidents>> {
    return this.incidents.list(input);
  }
}

import { Controller } from '@nestjs/common';
import {
  deleteConnection,
  getConnection,
  listConnections,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ConnectionsService } from './connections.service.js';

@Controller()
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Handle(getConnection)
  get(input: InputOf<typeof getConnection>): Promise<OutputOf<typeof getConnection>> {
    return this.connections.get(input);
  }

  @Handle(listConnections)
  list(input: InputOf<typeof listConnections>): Promise<OutputOf<typeof listConnections>> {
    return this.connections.list(input);
  }

  @Handle(deleteConnection)
  delete(input: InputOf<typeof deleteConnection>): Promise<OutputOf<typeof deleteConnection>> {
    return this.connections.delete(input);
  }
}

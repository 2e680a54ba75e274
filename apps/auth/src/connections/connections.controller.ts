import { Controller } from '@nestjs/common';
import {
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  revokeConnection,
  setConnectionEnabled,
  updateConnection,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { ConnectionChangesService } from './connection-changes.service.js';
import { ConnectionsService } from './connections.service.js';

@Controller()
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly changes: ConnectionChangesService,
  ) {}

  @Handle(createConnection)
  create(input: InputOf<typeof createConnection>): Promise<OutputOf<typeof createConnection>> {
    return this.changes.create(input);
  }

  @Handle(getConnection)
  get(input: InputOf<typeof getConnection>): Promise<OutputOf<typeof getConnection>> {
    return this.connections.get(input.projectId, input.id);
  }

  @Handle(listConnections)
  list(input: InputOf<typeof listConnections>): Promise<OutputOf<typeof listConnections>> {
    return this.connections.list(input);
  }

  @Handle(updateConnection)
  update(input: InputOf<typeof updateConnection>): Promise<OutputOf<typeof updateConnection>> {
    return this.changes.update(input);
  }

  @Handle(setConnectionEnabled)
  setEnabled(input: InputOf<typeof setConnectionEnabled>): Promise<OutputOf<typeof setConnectionEnabled>> {
    return this.changes.setEnabled(input);
  }

  @Handle(revokeConnection)
  revoke(input: InputOf<typeof revokeConnection>): Promise<OutputOf<typeof revokeConnection>> {
    return this.changes.revoke(input);
  }

  @Handle(deleteConnection)
  delete(input: InputOf<typeof deleteConnection>): Promise<OutputOf<typeof deleteConnection>> {
    return this.changes.delete(input);
  }
}

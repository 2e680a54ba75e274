import { Controller } from '@nestjs/common';
import {
  createPerson,
  createUserKey,
  deletePerson,
  getPerson,
  listPeople,
  revokeLeakedUserKeys,
  revokeUserKey,
  updatePerson,
  verifyUserKey,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { PeopleService } from './people.service.js';
import { UserKeysService } from './user-keys.service.js';

@Controller()
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly keys: UserKeysService,
  ) {}

  @Handle(createPerson)
  create(input: InputOf<typeof createPerson>): Promise<OutputOf<typeof createPerson>> {
    return this.people.create(input);
  }

  @Handle(getPerson)
  get(input: InputOf<typeof getPerson>): Promise<OutputOf<typeof getPerson>> {
    return this.people.get(input.personId);
  }

  @Handle(listPeople)
  list(input: InputOf<typeof listPeople>): Promise<OutputOf<typeof listPeople>> {
    return this.people.list(input);
  }

  @Handle(updatePerson)
  update(input: InputOf<typeof updatePerson>): Promise<OutputOf<typeof updatePerson>> {
    return this.people.update(input.personId, input.changes);
  }

  @Handle(deletePerson)
  delete(input: InputOf<typeof deletePerson>): Promise<OutputOf<typeof deletePerson>> {
    return this.people.delete(input.personId);
  }

  @Handle(createUserKey)
  createKey(input: InputOf<typeof createUserKey>): Promise<OutputOf<typeof createUserKey>> {
    return this.keys.issue(input);
  }

  @Handle(revokeUserKey)
  revokeKey(input: InputOf<typeof revokeUserKey>): Promise<OutputOf<typeof revokeUserKey>> {
    return this.keys.revoke(input.personId, input.keyId);
  }

  @Handle(revokeLeakedUserKeys)
  revokeLeaked(input: InputOf<typeof revokeLeakedUserKeys>): Promise<OutputOf<typeof revokeLeakedUserKeys>> {
    return this.keys.revokeLeaked(input.sha256);
  }

  @Handle(verifyUserKey)
  verify(input: InputOf<typeof verifyUserKey>): Promise<OutputOf<typeof verifyUserKey>> {
    return this.keys.verify(input.sha256);
  }
}

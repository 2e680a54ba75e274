export { Organisation } from './organisation.entity.js';
export { PeopleModule } from './people.module.js';
export { Person } from './person.entity.js';
export { ProjectMember } from './project-member.entity.js';
export { personView, requirePerson } from './person.view.js';
export { UserKey } from './user-key.entity.js';
export { UserKeysService } from './user-keys.service.js';

export { PeopleModule } from './people.module.js';
export { OrganisationAnswer, PersonAnswer } from './person.answer.js';
export { presentOrganisation, presentPerson } from './person.presenter.js';

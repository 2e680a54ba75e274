import { Inject, Injectable } from '@nestjs/common';
import { AppError, Email, Name, type Person as PersonView } from '@patchbay/contracts';
import type { Emit } from '@patchbay/database';
import { LOGGER, type Logger } from '@patchbay/service';
import { In, type EntityManager } from 'typeorm';
import type { OidcSettings } from '../oidc.settings.js';
import { PeopleService, Person, PersonPassword, personView, requirePerson } from '../people/index.js';
import { Project } from '../projects/index.js';
import { CONFIG } from '../settings.module.js';
import { changesTo, groupsIn, rolesOf, type GrantedRoles } from './group-roles.js';
import type { Claims } from './oidc.provider.js';
import { PersonIdentity } from './person-identity.entity.js';

const NONE: GrantedRoles = { projectRoles: {} };

/** Which of our people it is whom the provider knows, with the roles that their groups give. */
@Injectable()
export class OidcPeople {
  constructor(
    private readonly people: PeopleService,
    @Inject(CONFIG)
    private readonly config: Pick<
      OidcSettings,
      'PATCHBAY_OIDC_GROUPS_CLAIM' | 'PATCHBAY_OIDC_ROLES' | 'PATCHBAY_OIDC_TRUST_EMAIL'
    >,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * By `sub`, or the first time by their verified address; a person whose groups give them a role is made. Their roles are
   * brought in step.
   * @returns whether they have a role anywhere
   * @throws AppError `forbidden` for somebody who is nobody here
   */
  async find(
    manager: EntityManager,
    emit: Emit,
    { issuer, claims }: { issuer: string; claims: Claims },
  ): Promise<{ personId: string; isLetIn: boolean }> {
    // Two first sign-ins at once make one person.
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', ['first sign-ins by OpenID']);
    const granted = await this.granted(manager, claims);
    const identity = { issuer, subject: claims.sub };
    const known = await manager.findOneBy(PersonIdentity, identity);
    const personId = known?.personId ?? (await this.firstTime(manager, emit, claims, granted, issuer));
    if (!known) await manager.insert(PersonIdentity, { ...identity, personId });
    // Whom the provider's groups let in it can let out: a password would go on working.
    if (this.config.PATCHBAY_OIDC_ROLES) await manager.delete(PersonPassword, { personId });
    const person = await personView(manager, await requirePerson(manager, personId));
    const changes = changesTo(person, granted);
    const now = changes ? await this.people.updateIn(manager, emit, personId, changes) : person;
    return { personId, isLetIn: hasRole(now) || !this.config.PATCHBAY_OIDC_ROLES };
  }

  private async firstTime(
    manager: EntityManager,
    emit: Emit,
    claims: Claims,
    granted: GrantedRoles,
    issuer: string,
  ): Promise<string> {
    const email = this.verifiedEmail(claims);
    const person = await manager.findOneBy(Person, { email });
    if (person) {
      // The address has changed hands at the provider: who has it now is not who had it then.
      if (await manager.existsBy(PersonIdentity, { issuer, personId: person.id }))
        throw refused('Somebody else has signed in with your e-mail address before.');
      return person.id;
    }
    const given = givenRoles(granted);
    if (!given.role && Object.keys(given.projectRoles).length === 0)
      throw refused('Nobody here has your e-mail address.');
    const [fromAddress = email] = email.split('@');
    const name = Name.safeParse(claims['name']).data ?? fromAddress;
    return (await this.people.createIn(manager, emit, { email, name, ...given })).id;
  }

  private verifiedEmail({ email: told, email_verified: isVerified }: Claims): string {
    const email = Email.safeParse(typeof told === 'string' ? told.trim() : undefined).data;
    if (!email)
      throw refused(
        'The provider does not say your e-mail address.',
        'The operator asks for the scope email.',
      );
    // Some say it as a text.
    const isGood = isVerified === true || isVerified === 'true';
    if (isGood || this.config.PATCHBAY_OIDC_TRUST_EMAIL) return email;
    throw refused('Your e-mail address is not verified.', 'Verify it at the provider, and begin again.');
  }

  /** In the projects that there are: the setting may name one that was deleted, or is yet to be made. */
  private async granted(manager: EntityManager, claims: Claims): Promise<GrantedRoles> {
    const { PATCHBAY_OIDC_ROLES: mapping, PATCHBAY_OIDC_GROUPS_CLAIM: claim } = this.config;
    if (!mapping) return NONE;
    const groups = groupsIn(claims, claim);
    if (!groups) this.logger.warn({ claim }, 'the OpenID provider says nothing about the groups of a person');
    const { projectRoles, ...granted } = rolesOf(mapping, groups ?? []);
    const projects = await manager.findBy(Project, { id: In(Object.keys(projectRoles)) });
    const known = projects.map(({ id }) => [id, projectRoles[id] ?? null] as const);
    return { ...granted, projectRoles: Object.fromEntries(known) };
  }
}

function givenRoles({ role, projectRoles }: GrantedRoles): Pick<PersonView, 'role' | 'projectRoles'> {
  const given = Object.entries(projectRoles).flatMap(([id, each]) => (each ? [[id, each] as const] : []));
  return { role: role ?? null, projectRoles: Object.fromEntries(given) };
}

function hasRole({ role, projectRoles }: PersonView): boolean {
  return role !== null || Object.keys(projectRoles).length > 0;
}

function refused(message: string, suggestion = 'An owner of this installation can let you in.'): AppError {
  return new AppError('forbidden', message, { suggestion });
}

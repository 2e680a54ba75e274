import { Injectable } from '@nestjs/common';
import { listProjects, roleIn, type ConsoleSession, type KeyHolder } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { ConsoleCookie } from '../authentication/index.js';
import { presentOrganisation, presentPerson } from '../people/index.js';

const MOST_PROJECTS = 200;

/** A session as the console sees it. */
@Injectable()
export class ConsoleSessionPresenter {
  constructor(
    private readonly bus: Bus,
    private readonly cookie: ConsoleCookie,
  ) {}

  /** @param token of the session's cookie */
  async present({ keyId, person, organisation, session, expiresAt }: KeyHolder, token: string) {
    if (!session || expiresAt === null) throw new Error('A session of the console has a way and an end');
    const mine = person.role === null ? { memberId: person.id } : {};
    const page = await this.bus.request(listProjects, { limit: MOST_PROJECTS, ...mine });
    return {
      id: keyId,
      person: { ...presentPerson(person), has_password: session.hasPassword },
      organization: presentOrganisation(organisation),
      projects: page.items.flatMap(({ id, name }) => {
        const role = roleIn(person, id);
        return role ? [{ id, name, role }] : [];
      }),
      has_more_projects: page.nextCursor !== null,
      csrf_token: this.cookie.csrfTokenOf(token),
      signed_in_by: session.signedInBy,
      created_at: session.createdAt,
      expires_at: expiresAt,
    };
  }
}

export function presentBrowser(session: ConsoleSession, current: string) {
  return {
    id: session.id,
    signed_in_by: session.signedInBy,
    address: session.address,
    user_agent: session.userAgent,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    current: session.id === current,
  };
}

import { Injectable } from '@nestjs/common';
import { AppError, mayUse, roleIn, roleReaches, type KeyArea } from '@patchbay/contracts';
import type { LastingCredential } from '../access/index.js';
import { ConsoleSessionsService } from './console-sessions.service.js';
import { PrincipalsService } from './principals.service.js';
import { UserKeysService } from './user-keys.service.js';

/** Checks credentials again on replicas that have not seen their request. */
@Injectable()
export class LastingCredentials {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly userKeys: UserKeysService,
    private readonly consoleSessions: ConsoleSessionsService,
  ) {}

  /** @throws AppError `unauthenticated`, or `forbidden` when it may not read the area in its project any more */
  async requireToRead(credential: LastingCredential, area: KeyArea): Promise<void> {
    const mayRead = await (credential.kind === 'project_key'
      ? this.keyMayRead(credential, area)
      : this.personMayRead(credential));
    if (!mayRead) throw new AppError('forbidden', `The credential may not read ${area} any more.`);
  }

  private async keyMayRead({ sha256, projectId }: LastingCredential, area: KeyArea): Promise<boolean> {
    const principal = await this.principals.verifyHash(sha256);
    const isOfProject = principal.kind === 'project' && principal.projectId === projectId;
    return isOfProject && mayUse(principal.areas, area, 'read');
  }

  /** Whoever has a role reads everything of the project. */
  private async personMayRead({ kind, sha256, projectId }: LastingCredential): Promise<boolean> {
    const holders = kind === 'user_key' ? this.userKeys : this.consoleSessions;
    const { person } = await holders.verifyHash(sha256);
    return roleReaches(roleIn(person, projectId), 'viewer');
  }
}

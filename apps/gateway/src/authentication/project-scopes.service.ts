import { Injectable } from '@nestjs/common';
import {
  AppError,
  getProject,
  idSchema,
  roleIn,
  type KeyHolder,
  type Project,
  type Role,
} from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';
import type { FastifyRequest } from 'fastify';
import type { Route } from './rights.js';

const CACHE = { max: 10_000, ttlMs: 30_000 };

/** The headers by which a person's request says which project it is about. */
const ORGANISATION_HEADER = 'x-org-id';
const PROJECT_HEADER = 'x-project-id';

/** The project that a person's request is about, and their role there. */
export interface ProjectScope {
  projectId: string;
  role: Role;
  storePayloads: boolean;
}

/** Finds out which project a person's request is about: the one that its headers name, else the person's first. */
@Injectable()
export class ProjectScopes {
  private readonly projects: EventCache<Project>;

  constructor(bus: Bus, nats: NatsClient) {
    this.projects = new EventCache(nats, {
      ...CACHE,
      load: async (projectId) => (await bus.request(getProject, { projectId })).project,
    });
  }

  /**
   * @returns undefined for a route of the organisation, or of the person, which is about no project
   * @throws AppError `invalid_request` for half a scope; `not_found` for a project that is not there or not for them
   */
  async of({ access }: Route, request: FastifyRequest, holder: KeyHolder): Promise<ProjectScope | undefined> {
    const { headers } = request;
    requireOrganisation(holder, headers);
    if (access === 'organisation' || access === 'person' || access === 'console') return undefined;
    const named = headers[PROJECT_HEADER];
    if (
      access !== 'project_or_person' &&
      (named === undefined) !== (headers[ORGANISATION_HEADER] === undefined)
    )
      throw halfScope(named === undefined ? PROJECT_HEADER : ORGANISATION_HEADER);
    const projectId = named === undefined ? holder.homeProjectId : String(named);
    if (projectId !== null) return this.scopeIn(projectId, holder);
    if (access === 'project_or_person') return undefined;
    throw new AppError('invalid_request', 'You are in no project yet, and the request names none.', {
      suggestion: 'An owner of the organisation can give you a role in a project.',
    });
  }

  private async scopeIn(projectId: string, { person }: KeyHolder): Promise<ProjectScope> {
    const role = roleIn(person, projectId);
    if (role === null || !idSchema('project').safeParse(projectId).success) throw unknownProject();
    return { projectId, role, storePayloads: await this.storesPayloads(projectId) };
  }

  forgetProject(projectId: string): void {
    this.projects.drop(projectId);
  }

  private async storesPayloads(projectId: string): Promise<boolean> {
    try {
      return (await this.projects.get(projectId)).settings.storePayloads;
    } catch (error) {
      // The same words for a project that is not there and for one that is another's.
      throw error instanceof AppError && error.code === 'not_found' ? unknownProject() : error;
    }
  }
}

/** @throws AppError `not_found` when the request names another organisation */
function requireOrganisation({ organisation }: KeyHolder, headers: FastifyRequest['headers']): void {
  const named = headers[ORGANISATION_HEADER];
  if (named === undefined || named === organisation.id) return;
  throw new AppError('not_found', 'There is no such organisation, or it is not yours.', {
    suggestion: 'GET /api/v3.1/org/list tells the ids of your organisations.',
  });
}

function halfScope(missing: string): AppError {
  return new AppError(
    'invalid_request',
    'A project and its organisation are named together, or neither is.',
    {
      issues: [`${missing}: is missing`],
    },
  );
}

function unknownProject(): AppError {
  return new AppError('not_found', 'There is no such project, or it is not yours.', {
    suggestion: 'GET /api/v3.1/org/project/list tells the ids of your projects.',
  });
}

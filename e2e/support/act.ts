import type { AuditAction } from '@patchbay/contracts';
import { z } from 'zod';
import { environment } from './environment.js';
import type { Browser } from './console.js';
import { call, type Answer, type Call } from './http.js';

/** What the acts before left for those that follow. */
export interface Scene {
  projectId: string;
  apiKey: string;
  ids: Record<string, string>;
  /** In which the person is signed in to the console. */
  browsers: Browser[];
}

/** One act of administration, at its route, and what the audit must tell of it. */
export interface Act {
  /** The request that the gateway sends to the service which owns what is changed. */
  subject: string;
  route: string;
  actions: AuditAction[];
  actor: 'organisation' | 'project' | 'person' | 'anonymous';
  /** It concerns no project. */
  ofOrganisation?: boolean;
  make: (scene: Scene) => Promise<Answer>;
}

const Id = z.looseObject({ id: z.string() });
/** Keeps the id in the answer under this name. */
export async function keep(
  scene: Scene,
  name: string,
  answer: Promise<Answer>,
  from = (body: unknown) => body,
) {
  const done = await answer;
  scene.ids[name] = Id.safeParse(from(done.body)).data?.id ?? '';
  return done;
}
/** A request with the key of the scene's project. */
export const here = ({ apiKey }: Scene, path: string, options: Call = {}) =>
  call(path, { apiKey, ...options });
/** A path of the scene's project in the organisation. */
export const project = ({ projectId }: Scene, rest = '') => `/org/owner/project/${projectId}${rest}`;
/** The body of a new auth config. */
export const config = (slug: string, authConfig: object) => ({ toolkit: { slug }, auth_config: authConfig });
/** The state of an account with a key. */
export const keyed = { authScheme: 'API_KEY', val: { generic_api_key: environment.keys.ada } };

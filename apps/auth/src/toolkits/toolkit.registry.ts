import { Inject, Injectable } from '@nestjs/common';
import { AppError, type AuthScheme, type LinkView, type ToolkitRegistration } from '@patchbay/contracts';
import type { AuthSpec, InstalledToolkit } from '@patchbay/toolkits';
import { covers, movedFrom, originsOf } from '../schemes/index.js';
import { TOOLKITS } from '../settings.module.js';

/** A toolkit in the view of a project, which may have its own. An auth config and a connection have these fields. */
export interface ToolkitOf {
  projectId: string;
  toolkit: string;
}

/** How each toolkit of this installation authenticates, and each that a project added for itself. */
@Injectable()
export class ToolkitRegistry {
  private readonly shipped: Map<string, InstalledToolkit>;
  private own = new Map<string, InstalledToolkit>();
  /** Those of them that take the place of what ships. */
  private ownInPlace = new Set<string>();
  /** A toolkit never changes: what replaces it is another object. */
  private readonly originsOfAuth = new WeakMap<InstalledToolkit, Map<AuthScheme, readonly string[]>>();

  constructor(@Inject(TOOLKITS) toolkits: readonly InstalledToolkit[]) {
    this.shipped = new Map(toolkits.map((toolkit) => [toolkit.slug, toolkit]));
  }

  find({ projectId, toolkit: slug }: ToolkitOf): InstalledToolkit | undefined {
    const shipped = this.shipped.get(slug);
    if (shipped && !shipped.server && !this.ownInPlace.has(keyOf(projectId, slug))) return shipped;
    return this.own.get(keyOf(projectId, slug)) ?? shipped;
  }

  get(of: ToolkitOf): InstalledToolkit {
    const { toolkit: slug } = of;
    const toolkit = this.find(of);
    if (!toolkit) throw new AppError('toolkit_not_found', `There is no toolkit ${slug}.`);
    if (toolkit.server) {
      throw new AppError('unavailable', `How ${toolkit.name} is signed in to is being found out just now.`, {
        suggestion: 'Try again in a moment.',
        retryable: true,
      });
    }
    return toolkit;
  }

  /** @throws AppError when the toolkit does not take the scheme */
  spec(of: ToolkitOf, scheme: AuthScheme): AuthSpec {
    return specOf(this.get(of), scheme);
  }

  /** Where the secrets of an account go that is connected now. */
  origins(of: ToolkitOf, scheme: AuthScheme): readonly string[] {
    const toolkit = this.get(of);
    const known = this.originsOfAuth.get(toolkit) ?? new Map<AuthScheme, readonly string[]>();
    const origins = known.get(scheme) ?? originsOf(toolkit, specOf(toolkit, scheme));
    this.originsOfAuth.set(toolkit, known.set(scheme, origins));
    return origins;
  }

  /**
   * The spec for a credential that is kept, which goes to no other origin than it was given for.
   * @throws AppError `no_active_connection` when the toolkit is elsewhere now
   */
  specFor(
    row: ToolkitOf & {
      wordId: string;
      boundTo: readonly string[] | null;
      authConfig: { authScheme: AuthScheme };
    },
  ): AuthSpec {
    const { authScheme } = row.authConfig;
    const origins = this.origins(row, authScheme);
    if (!covers(row.boundTo, origins)) throw movedFrom(`The account ${row.wordId}`, row.boundTo, origins);
    return this.spec(row, authScheme);
  }

  /** What people see of it. */
  view(of: ToolkitOf): { slug: string; name: string; logo: string } {
    const { slug, name, logo } = this.get(of);
    return { slug, name, logo };
  }

  /** How a toolkit that ships came to be, also where a project has its own reading of the vendor's server. */
  quality({ projectId, toolkit: slug }: ToolkitOf): LinkView['quality'] {
    const own = this.own.get(keyOf(projectId, slug));
    if (own && !this.ownInPlace.has(keyOf(projectId, slug))) return undefined;
    const { grade, triedOn } = this.shipped.get(slug)?.quality ?? {};
    return grade && { grade, triedOn: triedOn ?? null };
  }

  /** Whether no project can have one of its own under this slug: a vendor's MCP server is each project's to read. */
  isTaken(slug: string): boolean {
    const shipped = this.shipped.get(slug);
    return shipped !== undefined && !shipped.server;
  }

  /** @param registration null: the project has it no more */
  learn(projectId: string, slug: string, registration: ToolkitRegistration | null): void {
    this.forget(keyOf(projectId, slug));
    if (registration) this.keep(projectId, registration);
  }

  learnAll(rows: readonly { projectId: string; registration: ToolkitRegistration }[]): void {
    this.own = new Map();
    this.ownInPlace = new Set();
    for (const { projectId, registration } of rows) this.keep(projectId, registration);
  }

  private keep(projectId: string, registration: ToolkitRegistration): void {
    const { slug, ships } = registration;
    const { managedApp } = this.shipped.get(slug) ?? {};
    const toolkit = toToolkit(registration);
    this.own.set(keyOf(projectId, slug), ships && managedApp ? { ...toolkit, managedApp } : toolkit);
    if (ships) this.ownInPlace.add(keyOf(projectId, slug));
  }

  private forget(key: string): void {
    this.own.delete(key);
    this.ownInPlace.delete(key);
  }
}

/** @throws AppError when the toolkit does not take the scheme */
export function specOf({ auth = [], name }: InstalledToolkit, scheme: AuthScheme): AuthSpec {
  const spec = auth.find((candidate) => candidate.scheme === scheme);
  if (spec) return spec;
  const taken = auth.map((candidate) => candidate.scheme).join(', ') || 'no account at all';
  throw new AppError('invalid_request', `${name} does not take ${scheme}; it takes ${taken}.`, {
    issues: [`authScheme: must be one of ${taken}`],
  });
}

const keyOf = (projectId: string, slug: string) => `${projectId} ${slug}`;

export function toToolkit({ slug, name, logo, baseUrl, auth }: ToolkitRegistration): InstalledToolkit {
  return {
    slug,
    name,
    logo,
    description: '',
    categories: [],
    version: '',
    tools: [],
    ...(baseUrl && { baseUrl }),
    // `tools` makes it from these types, and NATS permissions let no other service send it.
    ...(auth.length > 0 && { auth: auth as unknown as AuthSpec[] }),
  };
}

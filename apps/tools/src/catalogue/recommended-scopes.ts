import {
  AppError,
  type AuthScheme,
  type InputOf,
  type OutputOf,
  type recommendScopes,
} from '@patchbay/contracts';
import type { AuthSpec, InstalledToolkit } from '@patchbay/toolkits';

interface ScopedTool {
  slug: string;
  scopes: readonly string[];
}

/**
 * What a sign-in has to ask for so that these tools can run. A tool names all the scopes that it needs, and no alternatives to
 * them: the narrowest list and the shortest one are the same.
 * @throws AppError `invalid_request` when a scope that is needed is excluded, or not among those that are available
 */
export function scopesOf(
  toolkit: Pick<InstalledToolkit, 'name' | 'version' | 'auth'>,
  tools: readonly ScopedTool[],
  { scheme: wanted, include, exclude, available }: InputOf<typeof recommendScopes>,
): OutputOf<typeof recommendScopes> {
  const scheme = schemeOf(toolkit, wanted);
  const issues = [
    ...tools.flatMap(({ slug, scopes }) => refusals(scopes, `${slug} needs`, exclude, available)),
    ...refusals(include, 'include has', exclude, available),
  ];
  if (issues.length > 0) {
    throw new AppError('invalid_request', `There is no such list of scopes: ${issues.join('; ')}`, {
      issues,
      suggestion: 'Leave these tools out, or let the scopes be asked for.',
    });
  }
  return {
    scheme,
    version: toolkit.version,
    scopes: [...new Set([...tools.flatMap(({ scopes }) => scopes), ...include])],
    undeclared: tools.filter(({ scopes }) => scopes.length === 0).map(({ slug }) => slug),
  };
}

function refusals(
  scopes: readonly string[],
  who: string,
  exclude: readonly string[],
  available: readonly string[] | undefined,
): string[] {
  return scopes.flatMap((scope) =>
    exclude.includes(scope)
      ? [`exclude: ${who} ${scope}`]
      : available && !available.includes(scope)
        ? [`available_scopes: ${who} ${scope}`]
        : [],
  );
}

/** The scheme that is asked for, else the one by which people sign in. */
function schemeOf(
  { name, auth = [] }: Pick<InstalledToolkit, 'name' | 'auth'>,
  wanted?: AuthScheme,
): AuthScheme {
  const scoped: AuthScheme[] = auth.filter(hasScopes).map(({ scheme }) => scheme);
  const [first] = scoped;
  const scheme = wanted ?? (scoped.includes('OAUTH2') ? 'OAUTH2' : first);
  if (scheme && scoped.includes(scheme)) return scheme;
  const issues = [`auth_scheme: must be one with scopes${scoped.length > 0 ? `: ${scoped.join(', ')}` : ''}`];
  throw new AppError('invalid_request', `${name} has no scopes${wanted ? ` with ${wanted}` : ''}.`, {
    issues,
  });
}

function hasScopes(spec: AuthSpec): boolean {
  return 'scopes' in spec;
}

import { Injectable } from '@nestjs/common';
import { AppError, FIELD_PLACE, KEY_FIELD, type DeclaredAuth } from '@patchbay/contracts';
import { authField, type AuthSpec } from '@patchbay/toolkits';
import { McpSignIn, type SignInChallenge, type ToolListing } from '../mcp/index.js';

type ApiKeySpec = Extract<AuthSpec, { scheme: 'API_KEY' }>;

/** How users sign in to an MCP server, where its project, or what ships, says so itself. */
@Injectable()
export class DeclaredSignIn {
  constructor(private readonly signIn: McpSignIn) {}

  /**
   * @param seen what the server showed, or said, when it was asked without a credential
   * @throws AppError when the server's own word of its sign-in is another one
   */
  async specs(
    server: { slug: string; url: string },
    declared: readonly DeclaredAuth[],
    seen: ToolListing | SignInChallenge,
  ): Promise<AuthSpec[]> {
    const specs = await Promise.all(declared.map((one) => this.specsOf(server, one, seen)));
    return specs.flat();
  }

  /** Specs that are known, with the words that the project has for a form now. */
  reworded(known: readonly AuthSpec[], declared: readonly DeclaredAuth[]): AuthSpec[] {
    return known.map((spec) => {
      const words = declared.find(({ scheme }) => scheme === spec.scheme);
      return spec.scheme === 'API_KEY' && words?.scheme === 'API_KEY'
        ? { ...spec, connectionFields: keySpec(words).connectionFields }
        : spec;
    });
  }

  private async specsOf(
    server: { slug: string; url: string },
    declared: DeclaredAuth,
    seen: ToolListing | SignInChallenge,
  ): Promise<AuthSpec[]> {
    const isOpen = 'tools' in seen;
    const challenge = isOpen ? {} : seen;
    if (declared.scheme === 'NO_AUTH') return [];
    if (declared.scheme === 'API_KEY') {
      if (!declared.optional) return [keySpec(declared)];
      return isOpen ? [] : [...(await this.signInIfAny(server, challenge)), keySpec(declared)];
    }
    if (declared.scheme === 'DISCOVERED' || declared.scheme === 'OAUTH2') {
      const only = declared.scheme === 'OAUTH2' ? 'OAUTH2' : undefined;
      const specs = await this.signIn.discover(server, challenge, only);
      const { helpUrl } = declared;
      const scopes = declared.scheme === 'OAUTH2' ? declared.scopes : undefined;
      return specs.map((spec) => ({ ...spec, ...(helpUrl && { helpUrl }), ...(scopes && { scopes }) }));
    }
    const specs = await this.signIn.discover(server, challenge, declared.scheme);
    for (const spec of specs) requireOneOf(declared.discoveryUrl, [server.url, spec.issuer ?? spec.tokenUrl]);
    return specs;
  }

  /** Of a server that may be used without a key, and wants something after all. */
  private signInIfAny(
    server: { slug: string; url: string },
    challenge: SignInChallenge,
  ): Promise<AuthSpec[]> {
    return this.signIn.discover(server, challenge).catch((error: unknown) => {
      if (error instanceof AppError && !error.retryable) return [];
      throw error;
    });
  }
}

/** The scheme of users' own keys, as it was declared. */
export function keySpec({
  headers,
  query,
  fields,
  displayName = 'API key',
  description = '',
  helpUrl,
}: Extract<DeclaredAuth, { scheme: 'API_KEY' }>): ApiKeySpec {
  const asked = fields ?? [
    { name: KEY_FIELD, displayName, description, secret: true, required: true, default: null },
  ];
  return {
    scheme: 'API_KEY',
    placement: { ...(headers && { headers: placed(headers) }), ...(query && { query: placed(query) }) },
    connectionFields: asked.map(({ name, displayName: words, ...options }) =>
      authField(name, words, options),
    ),
    ...(helpUrl && { helpUrl }),
  };
}

function placed(places: Record<string, string>): Record<string, string> {
  const filled = Object.entries(places).map(([name, value]) => [name, value.replaceAll(FIELD_PLACE, '{$1}')]);
  return Object.fromEntries(filled) as Record<string, string>;
}

/** What describes the sign-in lies at the server, or at whom it names: users' tokens come from nobody else. */
function requireOneOf(discoveryUrl: string, places: readonly string[]): void {
  if (places.some((place) => new URL(place).origin === new URL(discoveryUrl).origin)) return;
  throw new AppError(
    'invalid_request',
    `The MCP server names ${places.map((place) => new URL(place).host).join(', ')} for its sign-in, and not ${new URL(discoveryUrl).host}.`,
    { issues: ['auth.discoveryUrl: is neither at the server nor at the issuer that it names'] },
  );
}

import { Injectable } from '@nestjs/common';
import { AppError, FIELD_PLACE, KEY_FIELD, type DeclaredAuth } from '@patchbay/contracts';
import { authField, type AuthSpec } from '@patchbay/toolkits';
import { McpSignIn, type SignInChallenge } from '../mcp/index.js';

type ApiKeySpec = Extract<AuthSpec, { scheme: 'API_KEY' }>;

/** How users sign in to an MCP server, where its project, or what ships, says so itself. */
@Injectable()
export class DeclaredSignIn {
  constructor(private readonly signIn: McpSignIn) {}

  /**
   * @param challenge what the server said when it was asked without a credential
   * @throws AppError when the server's own word of its sign-in is another one
   */
  async specs(
    server: { slug: string; url: string },
    declared: readonly DeclaredAuth[],
    challenge: SignInChallenge,
  ): Promise<AuthSpec[]> {
    const specs = await Promise.all(declared.map((one) => this.specsOf(server, one, challenge)));
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
    challenge: SignInChallenge,
  ): Promise<AuthSpec[]> {
    if (declared.scheme === 'NO_AUTH') return [];
    if (declared.scheme === 'API_KEY') return [keySpec(declared)];
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

import { Injectable } from '@nestjs/common';
import { AppError, KEY_PLACE, type DeclaredAuth } from '@patchbay/contracts';
import { authField, type AuthSpec } from '@patchbay/toolkits';
import { McpSignIn, type SignInChallenge } from '../mcp/index.js';

type ApiKeySpec = Extract<AuthSpec, { scheme: 'API_KEY' }>;

/** The name of the field that a user's key is kept in. */
const KEY_FIELD = 'generic_api_key';

/** How users sign in to an MCP server, where its project says so itself. */
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
    const specs = await Promise.all(
      declared.map(async (one): Promise<AuthSpec[]> => {
        if (one.scheme === 'NO_AUTH') return [];
        if (one.scheme === 'API_KEY') return [keySpec(one)];
        const specs = await this.signIn.discover(server, challenge, one.scheme);
        for (const spec of specs) requireOneOf(one.discoveryUrl, [server.url, spec.issuer ?? spec.tokenUrl]);
        return specs;
      }),
    );
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
}

function keySpec({
  headers,
  displayName = 'API key',
  description = '',
}: Extract<DeclaredAuth, { scheme: 'API_KEY' }>): ApiKeySpec {
  const placed = Object.entries(headers).map(([name, value]) => [
    name,
    value.replaceAll(KEY_PLACE, `{${KEY_FIELD}}`),
  ]);
  return {
    scheme: 'API_KEY',
    placement: { headers: Object.fromEntries(placed) as Record<string, string> },
    connectionFields: [authField(KEY_FIELD, displayName, { secret: true, description })],
  };
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

import { Injectable } from '@nestjs/common';
import { AppError, type DeclaredAuth } from '@patchbay/contracts';
import { keySpec, type AuthSpec } from '@patchbay/toolkits';
import { McpSignIn, type SignInChallenge, type ToolListing } from '../mcp/index.js';

/** How users sign in to an MCP server, where its project, or what ships, says so itself. */
@Injectable()
export class DeclaredSignIn {
  constructor(private readonly signIn: McpSignIn) {}

  /**
   * What ships may know several ways: one that the server does not offer now takes the others with it no more than it has to.
   * @param seen what the server showed, or said, when it was asked without a credential: one that shows its tools to
   *   anybody need not have the sign-in that it might have
   * @throws AppError when the server's own word of its sign-in is another one
   */
  async specs(
    server: { slug: string; url: string },
    declared: readonly DeclaredAuth[],
    seen: ToolListing | SignInChallenge,
  ): Promise<AuthSpec[]> {
    const refusals: AppError[] = [];
    const specs = await Promise.all(
      declared.map((one) =>
        this.specsOf(server, one, seen).catch((error: unknown) => {
          if (!isOfTheServer(one) || !(error instanceof AppError) || error.retryable) throw error;
          refusals.push(error);
          return [];
        }),
      ),
    );
    const [refusal] = refusals;
    if (refusal && !('tools' in seen) && specs.flat().length === 0) throw refusal;
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
    if (isOfTheServer(declared)) {
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

/** Of which only the server itself says how it is done. */
function isOfTheServer(
  declared: DeclaredAuth,
): declared is Extract<DeclaredAuth, { scheme: 'DISCOVERED' | 'OAUTH2' }> {
  return declared.scheme === 'DISCOVERED' || declared.scheme === 'OAUTH2';
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

/** The little of oidc-provider that tests use; it ships no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface OidcContext {
    path: string;
    href: string;
    status: number;
    body: unknown;
    oidc?: { params?: Record<string, string | undefined> };
    get(header: string): string;
    response: { get(header: string): string };
  }
  export interface OidcClient {
    clientId: string;
  }
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly AccessToken: {
      find(
        token: string,
      ): Promise<
        { accountId: string; clientId: string; exp: number; isExpired: boolean; aud?: string } | undefined
      >;
    };
    use(middleware: (context: OidcContext, next: () => Promise<void>) => Promise<void>): void;
    on(
      event: 'grant.error',
      listener: (context: OidcContext, error: { error: string; error_detail?: string }) => void,
    ): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}

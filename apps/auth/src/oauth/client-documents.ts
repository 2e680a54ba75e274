import { Inject, Injectable } from '@nestjs/common';
import { AppError, type AuthScheme } from '@patchbay/contracts';
import { documentRefusal } from '@patchbay/service';
import type { CimdOAuthSpec } from '@patchbay/toolkits';
import type { OAuthClientApp } from '../schemes/index.js';
import { CONFIG } from '../settings.module.js';
import { clientDocumentPath, issuerKeyOf } from './callback-address.js';

/** The documents by which authorization servers know us (draft-ietf-oauth-client-id-metadata-document), one an issuer. */
@Injectable()
export class ClientDocuments {
  private readonly publicUrl: string;
  private readonly refusal: string | undefined;

  constructor(@Inject(CONFIG) config: { PUBLIC_URL: string }) {
    this.publicUrl = config.PUBLIC_URL;
    this.refusal = documentRefusal(this.publicUrl);
  }

  /** Whether authorization servers read them, as far as our address tells. */
  get areReadable(): boolean {
    return this.refusal === undefined;
  }

  /** A public client: whoever reads the document could read a secret in it. */
  appFor(spec: CimdOAuthSpec): OAuthClientApp {
    const clientId = this.publicUrl + clientDocumentPath(String(issuerKeyOf(spec)));
    return { clientId, authMethod: 'none' };
  }

  /** @throws AppError `no_auth_config` for a scheme that needs such a document, where no server would read it */
  requireReadable(scheme: AuthScheme, toolkit: string): void {
    if (scheme !== 'CIMD_OAUTH' || this.areReadable) return;
    throw new AppError(
      'no_auth_config',
      `The provider of ${toolkit} would read who Patchbay is at PUBLIC_URL, which ${this.refusal}.`,
      {
        suggestion:
          'The operator sets PUBLIC_URL to the https address at which the internet reaches this installation; or make an auth config with DCR_OAUTH, where the toolkit takes it.',
      },
    );
  }
}

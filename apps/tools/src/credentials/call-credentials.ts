import { Injectable } from '@nestjs/common';
import {
  AppError,
  headerRefusal,
  mergeHeaders,
  openCredential,
  placeGivenCredential,
  permissionKey,
  refusalOf,
  rulingOf,
  toolsApprovalWanted,
  type CallOf,
  type CallSession,
  type chooseCredential,
  type CustomAuth,
  type GivenCredential,
} from '@patchbay/contracts';
import { Bus, tellApprovalWanted } from '@patchbay/service';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { requireOwnAddress, type CallCredential } from '../providers/index.js';

/** Whose credential a call wants, or which one it brought along. */
export interface CredentialRequest {
  projectId: string;
  session: CallSession;
  toolkit: InstalledToolkit;
  toolSlug: string;
  /** Slugs that the tool had before. */
  aliases?: readonly string[] | undefined;
  /** Whose token it needs, where the provider gives two. */
  token?: 'user' | undefined;
  /** The secret of the account's OAuth app is needed as well. */
  appSecret?: true | undefined;
  account?: string | undefined;
  credential?: GivenCredential | undefined;
  customAuth?: CustomAuth | undefined;
}

const NOTHING = { headers: {}, query: {}, urlValues: {} };

/** Finds the credential of a call. */
@Injectable()
export class CallCredentials {
  constructor(private readonly bus: Bus) {}

  /** @param rejected the credential that the provider did not take */
  async open(request: CredentialRequest, rejected?: CallCredential): Promise<CallCredential | undefined> {
    const { toolkit, customAuth } = request;
    const found = await this.find(request, rejected);
    requirePermission(this.bus, request, found);
    if (!customAuth) return found;
    const { baseUrl, parameters } = customAuth;
    if (baseUrl && found) requireOwnAddress(new URL(baseUrl), toolkit, found);
    refuseWhatIsTaken(parameters, found);
    const given = (place: 'header' | 'query') =>
      Object.fromEntries(
        parameters.filter((each) => each.in === place).map(({ name, value }) => [name, value]),
      );
    const placed = found ?? NOTHING;
    return {
      ...placed,
      headers: mergeHeaders(placed.headers, given('header')),
      query: { ...placed.query, ...given('query') },
      ...(baseUrl && { baseUrl }),
      isOfThisCall: true,
    };
  }

  private async find(
    request: CredentialRequest,
    rejected: CallCredential | undefined,
  ): Promise<CallCredential | undefined> {
    const { projectId, session, toolkit, toolSlug, token, appSecret, account, credential, customAuth } =
      request;
    const isBroughtAlong = credential !== undefined || (customAuth !== undefined && account === undefined);
    if (isBroughtAlong && rejected) {
      throw new AppError(
        'credential_refused',
        'The provider did not accept the credential that came with the call.',
        { suggestion: 'Send one that is valid, or call with a connected account.' },
      );
    }
    if (credential) {
      const request = { projectId, toolkit: toolkit.slug, credential };
      return { ...(await this.bus.request(placeGivenCredential, request)), isOfThisCall: true };
    }
    if (isBroughtAlong || !toolkit.auth) return undefined;
    return this.bus.request(openCredential, {
      ...accountQuery({ projectId, session, toolkit, toolSlug, account }),
      token,
      appSecret,
      rejected: rejected?.connectionId ? rejected.fingerprint : undefined,
    });
  }
}

/** What `auth` decides by which account a call uses. */
export function accountQuery({
  projectId,
  session,
  toolkit,
  toolSlug,
  account,
}: {
  projectId: string;
  session: CallSession;
  toolkit: InstalledToolkit;
  toolSlug: string;
  account?: string | undefined;
}): CallOf<typeof chooseCredential> {
  return {
    projectId,
    userId: session.userId,
    toolkit: toolkit.slug,
    address: toolkit.baseUrl ?? '',
    toolSlug,
    account,
    rules: {
      authConfigId: session.authConfigs[toolkit.slug],
      pinned: session.connectedAccounts[toolkit.slug],
      requireChoice: session.requireChoice,
      direct: session.id === null,
    },
  };
}

/** @throws AppError `invalid_request`: what an account's credential sets stays as it is */
function refuseWhatIsTaken(parameters: CustomAuth['parameters'], found: CallCredential | undefined): void {
  const issues = parameters.flatMap(({ name, in: place, value }) => {
    const isTaken = place === 'query' && Object.hasOwn(found?.query ?? {}, name);
    const refusal =
      place === 'header'
        ? headerRefusal(name, value, { credential: found })
        : isTaken && "is set by the account's credential";
    return refusal ? [`custom_auth_params.parameters: ${name} ${refusal}`] : [];
  });
  if (issues.length > 0) throw new AppError('invalid_request', issues.join('; '), { issues });
}

/** Only here is it known which account is used, and no door leads past it. */
function requirePermission(
  bus: Bus,
  { projectId, session, toolSlug: slug, aliases }: CredentialRequest,
  found: CallCredential | undefined,
): void {
  if (!session.permissions) return;
  const connectionId = found?.connectionId ?? null;
  const ruling = rulingOf(session.permissions, { slug, aliases }, connectionId);
  const refusal = refusalOf(ruling, slug);
  if (ruling.verdict === 'ask' && session.id !== null) {
    const keys = [permissionKey(slug, connectionId)];
    const wanted = { sessionId: session.id, userId: session.userId, keys, asked: false };
    tellApprovalWanted(bus, toolsApprovalWanted, projectId, wanted);
  }
  if (refusal) throw refusal;
}

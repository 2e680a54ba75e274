import { Injectable } from '@nestjs/common';
import {
  AppError,
  FieldValues,
  outsideText,
  type GivenCredential,
  type OpenedCredential,
  type PlacedCredential,
} from '@patchbay/contracts';
import { OutboundClient, withCredential } from '@patchbay/service';
import { connectionFieldsOf } from '@patchbay/toolkits';
import { type AuthConfig, AuthConfigStore, type Connection } from '../accounts/index.js';
import {
  type Credential,
  fillAddress,
  isTransient,
  objectOf,
  orAppError,
  partOf,
  partsOf,
  placeCredential,
  refusalIn,
  Schemes,
} from '../schemes/index.js';
import { type ToolkitOf, ToolkitRegistry } from '../toolkits/index.js';
import { readImportedTokens } from './imported-tokens.js';

const CHECK = { timeoutMs: 10_000, maxBytes: 256 * 1024 };
/** The most characters of a value that a provider gives for an account, such as its name. */
const MAX_VALUE_CHARACTERS = 200;

/** Makes credentials from entered fields, and checks them with the provider. */
@Injectable()
export class ConnectorService {
  constructor(
    private readonly authConfigs: AuthConfigStore,
    private readonly http: OutboundClient,
    private readonly schemes: Schemes,
    private readonly toolkits: ToolkitRegistry,
  ) {}

  /**
   * @param given by field name; what the scheme does not ask for is left out
   * @throws AppError `invalid_request` naming each missing field; `credential_refused`; `unavailable`
   */
  async fromForm(config: AuthConfig, given: Record<string, unknown>): Promise<Credential> {
    const spec = this.toolkits.spec(config, config.authScheme);
    const { connect } = this.schemes.get(config.authScheme);
    if (!connect) {
      throw new AppError(
        'invalid_request',
        `A ${config.authScheme} account is connected by signing in: make a link.`,
      );
    }
    const values = this.readFields(config, given);
    const credential = await orAppError(this.toolkits.get(config).name, () =>
      connect(spec, values, { toolkit: config.toolkit, app: this.authConfigs.appOf(config) }),
    );
    return this.withAddress(config, credential);
  }

  /**
   * Looks up at the provider what the account's address still needs, such as the id of its site.
   * @throws AppError `credential_refused` when the provider does not take the credential or names no such thing
   */
  async withAddress(config: AuthConfig, credential: Credential): Promise<Credential> {
    const { lookup } = this.toolkits.spec(config, config.authScheme);
    if (!lookup) return credential;
    const body = await this.request(config, credential, { path: lookup.url });
    const found = Object.entries(lookup.values).map(([name, place]) => [name, readAt(body, place)] as const);
    const missing = found
      .filter(([, value]) => value === null || value.length > MAX_VALUE_CHARACTERS)
      .map(([name]) => name);
    if (missing.length > 0) {
      const { name } = this.toolkits.get(config);
      throw new AppError(
        'credential_refused',
        `${name} names no ${missing.join(' and no ')} for this account.`,
      );
    }
    return {
      ...credential,
      values: { ...credential.values, ...FieldValues.parse(Object.fromEntries(found)) },
    };
  }

  /**
   * Where a credential goes that was given with a call and belongs to no account.
   * @throws AppError `invalid_request` naming each missing field
   */
  async placeGiven(of: ToolkitOf, { scheme, values }: GivenCredential): Promise<PlacedCredential> {
    const spec = this.toolkits.spec(of, scheme);
    const tokens = readImportedTokens(values);
    if (tokens) return placeCredential(spec, tokens, noApp);
    const { connect } = this.schemes.get(scheme);
    if (!connect) {
      throw new AppError('invalid_request', `A ${scheme} credential is given by its access_token.`, {
        issues: ['access_token: is required'],
      });
    }
    const fields = this.readFields({ ...of, authScheme: scheme }, values);
    return placeCredential(
      spec,
      await orAppError(this.toolkits.get(of).name, () =>
        connect(spec, fields, { toolkit: of.toolkit, app: undefined }),
      ),
      noApp,
    );
  }

  /** The values of a config's connection fields, defaults filled in. */
  readFields(
    config: Pick<AuthConfig, 'projectId' | 'toolkit' | 'authScheme'>,
    given: Record<string, unknown>,
  ): FieldValues {
    const spec = this.toolkits.spec(config, config.authScheme);
    const fields = connectionFieldsOf(spec);
    const values = fields.map(
      ({ name, default: fallback }) => [name, given[name] ?? fallback ?? ''] as const,
    );
    const issues = fields
      .filter(({ name, required }) => required && !values.some(([field, value]) => field === name && value))
      .map(({ name, displayName }) => `${name}: is required (${displayName})`);
    if (issues.length > 0) {
      throw new AppError('invalid_request', `Missing fields: ${issues.join('; ')}`, { issues });
    }
    const entered = FieldValues.parse(Object.fromEntries(values.filter(([, value]) => value !== '')));
    const others = fields.flatMap(({ name, choices }) => {
      const value = entered[name];
      const isOther = choices && value !== undefined && !choices.includes(value);
      return isOther ? [`${name}: must be one of ${choices.join(', ')}`] : [];
    });
    if (others.length > 0) {
      throw new AppError('invalid_request', `Unusable fields: ${others.join('; ')}`, { issues: others });
    }
    // These values become part of the address of requests, so they are checked before they are stored.
    const lookedUpLater = Object.fromEntries(
      Object.keys(spec.lookup?.values ?? {}).map((name) => [name, 'later']),
    );
    fillAddress(spec.baseUrl ?? this.toolkits.get(config).baseUrl ?? '', {
      ...entered,
      ...lookedUpLater,
    });
    return entered;
  }

  canRefresh(config: AuthConfig, credential: Credential): boolean {
    const { refresh, connect } = this.schemes.get(config.authScheme);
    if (!refresh) return false;
    if (connect !== undefined) return true;
    const tokens = partsOf(credential).map((part) => partOf(credential, part));
    return tokens.some((token) => token.kind === 'tokens' && token.refreshToken !== null);
  }

  /**
   * Checks the credential with the provider's endpoint for the current user, where the toolkit has one.
   * @returns the account's name at the provider, if it is in the answer
   * @throws AppError `credential_refused` when the provider does not take the credential
   */
  async check(config: AuthConfig, credential: Credential): Promise<string | null> {
    const { currentUser } = this.toolkits.get(config);
    if (!currentUser) return null;
    const { displayName } = currentUser;
    const answer = await this.request(config, credential, currentUser);
    const name = displayName === undefined ? null : readAt(answer, displayName);
    return name === null ? null : outsideText(name, MAX_VALUE_CHARACTERS);
  }

  private async request(
    config: AuthConfig,
    credential: Credential,
    { path, body }: { path: string; body?: unknown },
  ): Promise<unknown> {
    const { baseUrl = '', headers, name, refusal } = this.toolkits.get(config);
    const spec = this.toolkits.spec(config, config.authScheme);
    this.authConfigs.requireBound(config);
    const placed = placeCredential(spec, credential, () => this.authConfigs.appOf(config));
    const base = () => fillAddress(spec.baseUrl ?? baseUrl, placed.urlValues).replace(/\/$/, '');
    const url = new URL(path.startsWith('/') ? base() + path : path);
    const bare = {
      method: body === undefined ? 'GET' : 'POST',
      url,
      headers: {
        accept: 'application/json',
        'user-agent': 'Patchbay',
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const response = await this.http.send({
      purpose: { for: 'toolkit', toolkit: config.toolkit },
      ...CHECK,
      ...withCredential(bare, placed),
    });
    const answer = readJson(response.body);
    const isRefused = refusal !== undefined && readAt(answer, refusal.field) === String(refusal.is);
    if (response.status === 401 || response.status === 403 || isRefused) {
      const { code = '', description } = refusalIn(objectOf(answer) ?? {}, response.status) ?? {};
      const reason = outsideText(description ?? code, MAX_VALUE_CHARACTERS);
      if (isTransient(code, description)) {
        throw new AppError('unavailable', `${name} cannot check the credential at the moment: ${reason}`, {
          suggestion: 'Try again in a moment.',
        });
      }
      throw new AppError('credential_refused', `${name} does not accept this credential.`, {
        suggestion: `${reason ? `It says: ${reason}. ` : ''}Enter it again, or one that is valid.`,
      });
    }
    if (response.status >= 400) {
      throw new AppError(
        'unavailable',
        `${name} could not check the credential: it answered ${response.status}.`,
        { suggestion: 'Try again in a moment; what was entered may be right.' },
      );
    }
    return answer;
  }

  /** The account's name; an account without one is connected all the same. */
  async displayName(config: AuthConfig, credential: Credential): Promise<string | null> {
    return this.check(config, credential).catch(() => null);
  }

  /**
   * @throws AppError `no_active_connection` when the toolkit is not where the account was connected for,
   *   `no_auth_config` when it is not where its auth config was set up for
   */
  placed(row: Connection, credential: Credential): PlacedCredential {
    const { authConfig } = row;
    const spec = this.toolkits.specFor(row);
    this.authConfigs.requireBound(authConfig);
    return placeCredential(spec, credential, () => this.authConfigs.appOf(authConfig));
  }

  /** Of the OAuth app by which an account was connected; nothing where it has none. */
  appSecret({ authConfig }: Connection): Pick<OpenedCredential, 'appSecret'> {
    const { clientSecret } = this.authConfigs.appOf(authConfig) ?? {};
    return clientSecret ? { appSecret: clientSecret } : {};
  }
}

/** Of a credential that belongs to no auth config. */
const noApp = () => undefined;

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

/** The value at a path such as `user.name` or `0.id`, as a text. */
function readAt(answer: unknown, place: string): string | null {
  const value = place
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], answer);
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
}

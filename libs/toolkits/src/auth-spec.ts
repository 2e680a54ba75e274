import type { AuthField, AuthScheme } from '@patchbay/contracts';

/**
 * Where a credential's values go in a request: `{name}` stands for a value, as in
 * `{ headers: { 'x-api-key': '{generic_api_key}' } }`, and `{a:b}` for two of them in base64, as HTTP Basic
 * joins them.
 */
export interface Placement {
  headers?: Record<string, string>;
  query?: Record<string, string>;
  /** Fields whose values a program is given as they are: its own templates say where. */
  program?: string[];
}

interface SpecBase {
  /** Asked of the person who connects an account, besides what the scheme itself needs. */
  connectionFields?: AuthField[];
  /** Where a person finds what is asked for. */
  helpUrl?: string;
  /** Without it, the scheme's own: a bearer token, or HTTP Basic. */
  placement?: Placement;
  /** Where the API is for accounts of this scheme, when elsewhere than for the toolkit's others. */
  baseUrl?: string;
  /** What the account's address still needs after it was connected, and the provider knows. */
  lookup?: AddressLookup;
}

/** A request, sent once with the new credential, whose answer holds values of the account's address. */
export interface AddressLookup {
  url: string;
  /** Name of the value to where it stands in the answer, such as `0.id`. */
  values: Record<string, string>;
}

/** How a client shows the token endpoint who it is: OpenID Connect Core, section 9. */
export type TokenAuthMethod = 'client_secret_post' | 'client_secret_basic' | 'none';

interface OAuthEndpoints {
  /** Where a person signs in, and where codes become tokens (RFC 6749). */
  authorizationUrl: string;
  tokenUrl: string;
  /** RFC 7009; without it tokens cannot be revoked at the provider. */
  revocationUrl?: string;
  /** Asked for unless the operator or an auth config says otherwise. */
  scopes: string[];
  scopeSeparator?: string;
  /** Parameters of the provider's own, such as `access_type=offline`. */
  extraParameters?: Record<string, string>;
  /** Default: `client_secret_post`. */
  tokenAuthMethod?: TokenAuthMethod;
  /** What the tokens are for, where the provider binds them to it (RFC 8707). */
  resource?: string;
  /** As the provider's metadata names it: an answer of another one is refused (RFC 9207). */
  issuer?: string;
  /** Its metadata says that each of its answers names it (`authorization_response_iss_parameter_supported`). */
  namesIssuer?: boolean;
}

export interface OAuth2Spec extends SpecBase, OAuthEndpoints {
  scheme: 'OAUTH2';
  /** The parameter that takes the scopes of the person, where a provider tells them from the app's. */
  userScopeParameter?: string;
  /** The field of the token's answer that holds the person's own token, beside the app's. */
  userTokenField?: string;
}

/** The client registers itself (RFC 7591): no OAuth app has to be set up. */
export interface DcrOAuthSpec extends SpecBase, OAuthEndpoints {
  scheme: 'DCR_OAUTH';
  registrationUrl: string;
}

/**
 * The client is known by the address of a document that describes it, which we serve
 * (draft-ietf-oauth-client-id-metadata-document). Every server of that kind takes the same document, so one that did not
 * name itself in its answers could have another one's code sent to it: those are not signed in to this way.
 */
export interface CimdOAuthSpec extends SpecBase, OAuthEndpoints {
  scheme: 'CIMD_OAUTH';
  issuer: string;
  namesIssuer: true;
}

/** The schemes with the authorization code grant. */
export type CodeGrantSpec = OAuth2Spec | DcrOAuthSpec | CimdOAuthSpec;

/** RFC 5849. */
export interface OAuth1Spec extends SpecBase {
  scheme: 'OAUTH1';
  requestTokenUrl: string;
  authorizationUrl: string;
  accessTokenUrl: string;
}

/** An app signs in as itself: the client credentials grant (RFC 6749, section 4.4). */
export interface S2sOAuth2Spec extends SpecBase {
  scheme: 'S2S_OAUTH2';
  tokenUrl: string;
  scopes: string[];
  tokenAuthMethod?: TokenAuthMethod;
}

/** A JWT signed by the account's key is exchanged for a token (RFC 7523). */
export interface GoogleServiceAccountSpec extends SpecBase {
  scheme: 'GOOGLE_SERVICE_ACCOUNT';
  tokenUrl: string;
  scopes: string[];
}

/** An app's key signs a JWT that is exchanged for a token of one installation, as for GitHub Apps. */
export interface ServiceAccountSpec extends SpecBase {
  scheme: 'SERVICE_ACCOUNT';
  /** With `{installation_id}` in it. */
  tokenUrl: string;
}

/** A user's name and password are exchanged for a JWT. */
export interface BasicWithJwtSpec extends SpecBase {
  scheme: 'BASIC_WITH_JWT';
  /** Takes `{"username", "password"}` as JSON. */
  loginUrl: string;
  /** The field of its answer that holds the JWT. */
  tokenField: string;
}

export interface ApiKeySpec extends SpecBase {
  scheme: 'API_KEY';
  placement: Placement;
  connectionFields: AuthField[];
}

export interface PlainSpec extends SpecBase {
  scheme: 'BEARER_TOKEN' | 'BASIC';
}

export type AuthSpec =
  | OAuth2Spec
  | DcrOAuthSpec
  | CimdOAuthSpec
  | OAuth1Spec
  | S2sOAuth2Spec
  | GoogleServiceAccountSpec
  | ServiceAccountSpec
  | BasicWithJwtSpec
  | ApiKeySpec
  | PlainSpec;

export function authField(
  name: string,
  displayName: string,
  options: Partial<Omit<AuthField, 'name' | 'displayName'>> = {},
): AuthField {
  return { name, displayName, description: '', required: true, secret: false, default: null, ...options };
}

const secret = (name: string, displayName: string, description = '') =>
  authField(name, displayName, { secret: true, description });

/** What each scheme asks of the person who connects (docs/api/auth-configs.md#schemes). */
const CONNECTION_FIELDS: Partial<Record<AuthScheme, AuthField[]>> = {
  BEARER_TOKEN: [secret('token', 'Token')],
  BASIC: [authField('username', 'User name'), secret('password', 'Password')],
  BASIC_WITH_JWT: [authField('username', 'User name'), secret('password', 'Password')],
  GOOGLE_SERVICE_ACCOUNT: [
    secret('credentials_json', 'Key file', 'The whole JSON of the service account’s key.'),
  ],
  SERVICE_ACCOUNT: [
    authField('application_id', 'Application id'),
    authField('installation_id', 'Installation id'),
    secret('private_key', 'Private key', 'In PEM form, with its first and last line.'),
  ],
  S2S_OAUTH2: [authField('client_id', 'Client id'), secret('client_secret', 'Client secret')],
};

const optional = (field: AuthField): AuthField => ({ ...field, required: false });

/** What each scheme asks of the developer who makes a config. */
const CONFIG_FIELDS: Partial<Record<AuthScheme, AuthField[]>> = {
  OAUTH2: [
    authField('client_id', 'Client id'),
    secret('client_secret', 'Client secret'),
    optional(
      authField('oauth_redirect_uri', 'Redirect address', { description: 'Default: our own callback.' }),
    ),
    optional(authField('scopes', 'Scopes', { description: 'Joined by spaces or commas.' })),
    optional(authField('user_scopes', 'User scopes', { description: 'Joined by spaces or commas.' })),
  ],
  OAUTH1: [authField('consumer_key', 'Consumer key'), secret('consumer_secret', 'Consumer secret')],
};

export function connectionFieldsOf(spec: AuthSpec): AuthField[] {
  return [...(CONNECTION_FIELDS[spec.scheme] ?? []), ...(spec.connectionFields ?? [])];
}

export function configFieldsOf(spec: { scheme: AuthScheme }): AuthField[] {
  return CONFIG_FIELDS[spec.scheme] ?? [];
}

/** Whether two names of an issuer or a resource are one: many write theirs with a final slash here and without there. */
export function isSameIdentifier(a: string, b: string): boolean {
  return a.replace(/\/$/, '') === b.replace(/\/$/, '');
}

/** Whether a person signs in at the provider, rather than filling in a form. */
export function isRedirectScheme(scheme: AuthScheme): boolean {
  return hasCodeGrant({ scheme }) || scheme === 'OAUTH1';
}

export function hasCodeGrant(spec: { scheme: AuthScheme }): spec is CodeGrantSpec {
  return spec.scheme === 'OAUTH2' || identifiesItself(spec);
}

/** Whether the client needs no app of anybody's: it registers, or a document of ours describes it. */
export function identifiesItself(spec: { scheme: AuthScheme }): spec is DcrOAuthSpec | CimdOAuthSpec {
  return spec.scheme === 'DCR_OAUTH' || spec.scheme === 'CIMD_OAUTH';
}

import { AppError, headerRefusal, type FieldValues, type PlacedCredential } from '@patchbay/contracts';
import type { AuthSpec, Placement } from '@patchbay/toolkits';
import type { Credential, OAuth1Credential, OAuthClientApp } from './credential.js';

/**
 * Where a credential goes in requests, by the placement of its scheme in the toolkit, else by the scheme's standard.
 * @param appOf gives the OAuth app that signs requests; only OAuth 1 has its secret opened
 */
export function placeCredential(
  spec: AuthSpec,
  credential: Credential,
  appOf: () => OAuthClientApp | undefined,
): PlacedCredential {
  const { headers = {}, query = {}, program } = spec.placement ?? defaultPlacement(spec);
  const values = fieldsOf(credential);
  const fill = (templates: Record<string, string>) =>
    mapValues(withoutOpen(templates, spec, values), (template) => fillPlacement(template, values));
  return {
    headers: checkHeaders(fill(headers)),
    query: fill(query),
    ...(spec.baseUrl && { baseUrl: spec.baseUrl }),
    urlValues: Object.fromEntries(
      Object.entries(credential.values).filter(([name]) => isForAddress(spec, name)),
    ),
    ...(program && { programValues: onlyOf(program, values) }),
    ...(credential.kind === 'oauth1' && { oauth1: signingSecrets(credential, appOf()) }),
  };
}

/** What a field goes into that need not be given is not sent where it was not. */
function withoutOpen(
  templates: Record<string, string>,
  { connectionFields = [] }: AuthSpec,
  values: FieldValues,
): Record<string, string> {
  const missing = connectionFields.filter(({ name, required }) => !required && values[name] === undefined);
  if (missing.length === 0) return templates;
  return Object.fromEntries(
    Object.entries(templates).filter(([, template]) =>
      missing.every(({ name }) => !template.includes(`{${name}}`)),
    ),
  );
}

/** What a program is told of the account; what was not given, it does without. */
function onlyOf(names: readonly string[], values: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function signingSecrets(
  { token, tokenSecret }: OAuth1Credential,
  app: OAuthClientApp | undefined,
): PlacedCredential['oauth1'] {
  return {
    consumerKey: app?.clientId ?? '',
    consumerSecret: app?.clientSecret ?? '',
    token,
    tokenSecret,
  };
}

/** @throws AppError naming the header, never its value, which is the secret */
function checkHeaders(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    const refusal = headerRefusal(name, value);
    if (refusal) throw new AppError('invalid_request', `The credential cannot be sent: ${name} ${refusal}.`);
  }
  return headers;
}

/** RFC 6750, section 2.1, and RFC 7617. */
function defaultPlacement({ scheme }: AuthSpec): Placement {
  if (scheme === 'OAUTH1') return {};
  if (scheme === 'BASIC') return { headers: { authorization: 'Basic {username:password}' } };
  return { headers: { authorization: 'Bearer {token}' } };
}

function fieldsOf(credential: Credential): FieldValues {
  const { values } = credential;
  if (credential.kind === 'tokens') return { ...values, token: credential.accessToken };
  return values;
}

/** Secrets never go into an address: only the fields that are not secret, entered or looked up. */
function isForAddress(spec: AuthSpec, name: string): boolean {
  const isAsked = spec.connectionFields?.some((field) => field.name === name && !field.secret);
  return (isAsked || (spec.lookup && name in spec.lookup.values)) ?? false;
}

/**
 * Fills a header or parameter: `{name}` is a value, `{username:password}` two of them as in RFC 7617.
 * @throws AppError when a value is missing
 */
function fillPlacement(template: string, values: FieldValues): string {
  return template.replace(/\{([\w-]+)(?::([\w-]+))?\}/g, (_, name: string, second?: string) =>
    second
      ? Buffer.from(`${valueOf(values, name)}:${valueOf(values, second)}`).toString('base64')
      : valueOf(values, name),
  );
}

/**
 * Fills an address. A value may be a host name or a segment of the path, and nothing that changes where it leads.
 * @throws AppError when a value is missing or not allowed
 */
export function fillAddress(template: string, values: FieldValues): string {
  for (const [name, value] of Object.entries(values)) {
    if (template.includes(`{${name}}`) && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) {
      throw new AppError('invalid_request', `The field ${name} cannot be part of an address.`, {
        issues: [`${name}: may hold letters, digits, ".", "_" and "-"`],
      });
    }
  }
  return template.replace(/\{([\w-]+)\}/g, (_, name: string) => valueOf(values, name));
}

function valueOf(values: FieldValues, name: string): string {
  const value = values[name];
  if (value !== undefined) return value;
  throw new AppError('invalid_request', `The account lacks the field ${name}.`, {
    issues: [`${name}: is required`],
  });
}

function mapValues(record: Record<string, string>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

import { AppError, headerRefusal, type FieldValues, type PlacedCredential } from '@patchbay/contracts';
import type { AuthSpec, Placement } from '@patchbay/toolkits';
import type { Credential, OAuthClientApp } from './credential.js';

/** Where a credential goes in requests; what its scheme does not say, the toolkit does. */
export function placeCredential(
  spec: AuthSpec,
  credential: Credential,
  app: OAuthClientApp | undefined,
): PlacedCredential {
  const { headers = {}, query = {} } = spec.placement ?? defaultPlacement(spec);
  const values = valuesOf(credential);
  return {
    headers: checked(mapValues(headers, (template) => fillTemplate(template, values))),
    query: mapValues(query, (template) => fillTemplate(template, values)),
    ...(spec.baseUrl && { baseUrl: spec.baseUrl }),
    urlValues: Object.fromEntries(
      Object.entries(credential.values).filter(([name]) => isForAddress(spec, name)),
    ),
    ...(credential.kind === 'oauth1' && {
      oauth1: {
        consumerKey: app?.clientId ?? '',
        consumerSecret: app?.clientSecret ?? '',
        token: credential.token,
        tokenSecret: credential.tokenSecret,
      },
    }),
  };
}

/** @throws AppError naming the header, never its value, which is the secret */
function checked(headers: Record<string, string>): Record<string, string> {
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

function valuesOf(credential: Credential): FieldValues {
  const { values } = credential;
  if (credential.kind === 'tokens') return { ...values, token: credential.accessToken };
  return values;
}

/** Secrets never go into an address: only what the toolkit asked for besides them, of the person or the provider. */
function isForAddress(spec: AuthSpec, name: string): boolean {
  const isAsked = spec.connectionFields?.some((field) => field.name === name && !field.secret);
  return (isAsked || (spec.lookup && name in spec.lookup.values)) ?? false;
}

/** @throws AppError when a value is missing */
export function fillTemplate(template: string, values: FieldValues): string {
  const valueOf = (name: string) => {
    const value = values[name];
    if (value === undefined) {
      throw new AppError('invalid_request', `The account lacks the field ${name}.`, {
        issues: [`${name}: is required`],
      });
    }
    return value;
  };
  return template.replace(/\{([\w-]+)(?::([\w-]+))?\}/g, (_, name: string, second?: string) =>
    second ? Buffer.from(`${valueOf(name)}:${valueOf(second)}`).toString('base64') : valueOf(name),
  );
}

/** Fills an address. A value there may name a host or a path's part, and nothing that leads elsewhere. */
export function fillAddress(template: string, values: FieldValues): string {
  for (const [name, value] of Object.entries(values)) {
    if (template.includes(`{${name}}`) && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) {
      throw new AppError('invalid_request', `The field ${name} cannot be part of an address.`, {
        issues: [`${name}: may hold letters, digits, ".", "_" and "-"`],
      });
    }
  }
  return fillTemplate(template, values);
}

function mapValues(record: Record<string, string>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
